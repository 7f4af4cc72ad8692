package io.hubmesh.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntryTests {

    private static final Entry ENTRY = Entry.done(Instant.EPOCH, Actor.HUB, Action.SIGN_IN, null);

    @Test
    void anAddressIsRecordedAsPeopleWriteIt() {
        assertThat(ENTRY.from("0:0:0:0:0:0:0:1").address()).isEqualTo("::1");
        assertThat(ENTRY.from("192.0.2.1").address()).isEqualTo("192.0.2.1");
        assertThat(ENTRY.from(null).address()).isNull();
    }

    @Test
    void whatAProxyPassesOnFitsIntoTheRecord() {
        assertThat(ENTRY.from("\u0007" + "x".repeat(5_000)).address())
                .hasSizeLessThanOrEqualTo(64)
                .doesNotContain("\u0007");
    }
}
