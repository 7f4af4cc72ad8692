package io.hubmesh.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTests {

    @Test
    void countsOfBytesAreReadByPeople() {
        assertThat(Plain.amount("0")).isEqualTo("0 B");
        assertThat(Plain.amount("1023")).isEqualTo("1023 B");
        assertThat(Plain.amount("1536")).isEqualTo("1.5 KiB");
        assertThat(Plain.amount("15334930")).isEqualTo("14.6 MiB");
        assertThat(Plain.amount("9223372036854775807")).isEqualTo("8192.0 PiB");
        assertThat(Plain.amount("a lot")).isEqualTo("a lot");
    }

    @Test
    void codesOfProblemsAreWordsAndOtherReasonsStay() {
        assertThat(Plain.reason("insufficient-scope")).isEqualTo("this access token was not made for that");
        assertThat(Plain.reason("wrong password")).isEqualTo("wrong password");
    }

    @Test
    void namesOfSettingsAreWords() {
        assertThat(Plain.apart("versionsKept")).isEqualTo("versions kept");
        assertThat(Plain.apart("hub")).isEqualTo("hub");
    }
}
