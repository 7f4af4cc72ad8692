package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.Fuzz;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names as nobody honest would choose them. */
class ResourceNameAttackTests {

    private static final List<String> PIECES = List.of(
            "a", "..", "/", "\\", ".", " ", "con", "\u0000", "\u202e", "\u0301", "\ufdfa", "\ud83d", "\ude00", "ß", "İ",
            "\u2000", "\u00a0", "\u200d", "%2e", "~", "é", "\ufeff");

    @Test
    void aNameIsSafeToSaveAndStaysAsItIsOrIsRefused() {
        Fuzz.tries(20_000, fuzz -> {
            StringBuilder wanted = new StringBuilder();
            for (int count = fuzz.below(8); count > 0; count--) {
                wanted.append(fuzz.below(4) == 0 ? fuzz.text(60) : fuzz.one(PIECES));
            }
            try {
                ResourceName name = ResourceName.of(wanted.toString());
                assertThat(name.text().getBytes(StandardCharsets.UTF_8).length).isBetween(1, 255);
                assertThat(name.key().length()).isLessThanOrEqualTo(255);
                assertThat(Fuzz.isWellFormed(name.text())).isTrue();
                assertThat(name.text())
                        .doesNotContain("/", "\\", "\u0000", "\u202e")
                        .doesNotEndWith(".");
                assertThat(ResourceName.of(name.text())).isEqualTo(name);
            } catch (ProblemException refused) {
                assertThat(refused.code()).isEqualTo(ProblemCode.INVALID_NAME);
            }
        });
    }
}
