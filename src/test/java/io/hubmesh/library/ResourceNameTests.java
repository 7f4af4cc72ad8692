package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNameTests {

    static Stream<String> unusable() {
        return Stream.of(
                "",
                "   ",
                ".",
                "..",
                "../secret",
                "a/b",
                "..\\secret",
                "C:evil",
                "what?",
                "star*",
                "pipe|",
                "<tag>",
                "quote\"",
                "nul\u0000l",
                "line\nbreak",
                "tab\tstop",
                "bell\u0007",
                "delete\u007f",
                "next line\u0085here",
                "separator\u2028here",
                "right to left\u202etxt.exe",
                "byte order\ufeffmark",
                "half a pair\ud83d",
                "trailing dot.",
                "CON",
                "nul.txt",
                "Com1.tar.gz",
                "a".repeat(256),
                "a".repeat(300),
                "ä".repeat(128),
                "ΐ".repeat(127)); // grows to three times as many characters when case is folded
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aNameThatSomeComputerCannotSaveIsRefused(String name) {
        assertThatThrownBy(() -> ResourceName.of(name))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.INVALID_NAME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report.pdf",
                ".hidden",
                "two words",
                "Übung 3 – Lösung.md",
                "日本語.txt",
                "family \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67.png",
                "..two dots in front",
                "console.log",
                "می\u200cخواهم.txt",
                "it's & that; #1 100%"
            })
    void aNameOfAnyLanguageIsTakenAsItIs(String name) {
        assertThat(ResourceName.of(name).text()).isEqualTo(name);
    }

    @Test
    void theLongestNameHas255Bytes() {
        assertThat(ResourceName.of("a".repeat(255)).text()).hasSize(255);
        assertThat(ResourceName.of("ä".repeat(127)).text()).hasSize(127);
    }

    @Test
    void spacesAroundAreNotPartOfIt() {
        assertThat(ResourceName.of("  a name ").text()).isEqualTo("a name");
    }

    @Test
    void twinsOfCompositionAndCaseHaveOneKey() {
        assertThat(ResourceName.of("u\u0308bung")).isEqualTo(ResourceName.of("\u00fcbung"));
        assertThat(ResourceName.of("README").key())
                .isEqualTo(ResourceName.of("ReadMe").key());
        assertThat(ResourceName.of("STRASSE").key())
                .isEqualTo(ResourceName.of("straße").key());
        assertThat(ResourceName.of("ΣΊΣΥΦΟΣ").key())
                .isEqualTo(ResourceName.of("σίσυφος").key());
    }
}
