package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DispositionTests {

    @Property
    void everyNameComesBackAndTheFallbackIsAQuotedString(@ForAll String name) {
        String readable = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        String header = Disposition.attachment(readable);

        assertThat(header)
                .matches(
                        "attachment; filename=\"[ !#-\\[\\]-~&&[^%]]*\"; filename\\*=UTF-8''[!#$%&+.^_`|~0-9A-Za-z-]*");
        String encoded = header.substring(header.indexOf("''") + 2).replace("+", "%2B");
        assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(readable);
    }

    @Test
    void marksAreTakenOffForWhoCannotReadThem() {
        assertThat(Disposition.attachment("Crème \"brûlée\" 100%.txt"))
                .startsWith("attachment; filename=\"Creme _brulee_ 100_.txt\"; ");
    }
}
