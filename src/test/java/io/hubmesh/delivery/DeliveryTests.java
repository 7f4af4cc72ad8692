package io.hubmesh.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.events.DeliveryListener;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.delivery.events.HubSent;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.storage.Blob;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryTests {

    private static final long SIZE = 10;

    private final Instant begun = Instant.parse("2026-11-23T10:00:00Z");
    private final Subject reader = new Subject(new AccountId(UUID.randomUUID()), "reader", Role.MEMBER);
    private final ResourceId resource = new ResourceId(UUID.randomUUID());
    private final Blob blob = new Blob(new ContentId("0".repeat(64)), SIZE, "0".repeat(64), Path.of("blob"));
    private final Listening first = new Listening(true);
    private final Listening second = new Listening(false);
    private final Delivery delivery =
            new Delivery(List.of(first, second), Clock.fixed(begun, ZoneOffset.UTC), reader, resource, blob);

    @Test
    void whoFailsHarmsNeitherTheAnswerNorTheOthers() {
        delivery.over(SIZE);
        assertThat(first.heard).isEqualTo(second.heard);
        assertThat(second.heard)
                .containsExactly(
                        new HubDelivered(reader.accountId(), resource, blob.contentId(), SIZE, true, begun),
                        new HubSent(reader.accountId(), resource, blob.contentId(), SIZE, begun));
    }

    @Test
    void aPartOfAFileIsBytesAndNoTransfer() {
        delivery.over(SIZE - 1);
        assertThat(second.heard)
                .containsExactly(
                        new HubDelivered(reader.accountId(), resource, blob.contentId(), SIZE - 1, false, begun));
    }

    private static final class Listening implements DeliveryListener {

        private final List<Object> heard = new ArrayList<>();
        private final boolean failing;

        Listening(boolean failing) {
            this.failing = failing;
        }

        @Override
        public void delivered(HubDelivered delivered) {
            hear(delivered);
        }

        @Override
        public void sent(HubSent sent) {
            hear(sent);
        }

        private void hear(Object fact) {
            heard.add(fact);
            if (failing) {
                throw new IllegalStateException("a listener that fails");
            }
        }
    }
}
