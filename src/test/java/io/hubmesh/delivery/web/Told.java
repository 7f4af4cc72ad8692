package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.events.DeliveryListener;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.delivery.events.HubSent;
import io.hubmesh.kernel.ResourceId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestComponent;

/** What the hub has told of deliveries. To be imported. */
@TestComponent
class Told implements DeliveryListener {

    private final List<HubDelivered> delivered = new CopyOnWriteArrayList<>();
    private final List<HubSent> sent = new CopyOnWriteArrayList<>();

    @Override
    public void delivered(HubDelivered fact) {
        delivered.add(fact);
    }

    @Override
    public void sent(HubSent fact) {
        sent.add(fact);
    }

    List<HubDelivered> deliveredTo(Subject reader) {
        return delivered.stream()
                .filter(fact -> fact.account().equals(reader.accountId()))
                .toList();
    }

    List<HubSent> sentTo(Subject reader) {
        return sent.stream()
                .filter(fact -> fact.account().equals(reader.accountId()))
                .toList();
    }

    /** How many bytes each answer with bytes of it brought. */
    List<Long> bytesOf(ResourceId resource) {
        return delivered.stream()
                .filter(fact -> fact.resource().equals(resource))
                .map(HubDelivered::bytes)
                .toList();
    }
}
