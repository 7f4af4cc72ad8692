package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.signalling.Visits.Visit;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When a peer that was put out is told that it may come back. */
class VisitsTests {

    private static final ContentId CONTENT = new ContentId("a".repeat(64));

    private final Visits visits = new Visits();

    @Test
    void twoReviewsTellItOnce() {
        Visit visit = entered("ticket");
        assertThat(visits.toBeTold(CONTENT, visit)).isTrue();
        assertThat(visits.toBeTold(CONTENT, visit)).isFalse();
    }

    @Test
    void whoAskedInVainIsToldAgain() {
        Visit visit = entered("ticket");
        assertThat(visits.toBeTold(CONTENT, visit)).isTrue();
        visits.refused(CONTENT);
        assertThat(visits.toBeTold(CONTENT, visit)).isTrue();
    }

    @Test
    void aReviewThatBeganBeforeThePeerCameBackTellsItNothing() {
        Visit before = entered("first ticket");
        assertThat(visits.toBeTold(CONTENT, before)).isTrue();
        Visit after = entered("second ticket");
        assertThat(visits.toBeTold(CONTENT, before)).isFalse();
        assertThat(visits.toBeTold(CONTENT, after)).as("put out anew").isTrue();
    }

    @Test
    void whoWasNeverLetInIsToldNothing() {
        assertThat(visits.toBeTold(CONTENT, visit("ticket"))).isFalse();
    }

    private Visit entered(String ticket) {
        Visit visit = visit(ticket);
        visits.remember(CONTENT, visit);
        return visit;
    }

    private static Visit visit(String ticket) {
        return new Visit(new ResourceId(new UUID(0, 1)), 1, ticket, Instant.EPOCH);
    }
}
