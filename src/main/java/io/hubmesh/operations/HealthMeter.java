package io.hubmesh.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** The hub's health for Prometheus: 1 while everything is up, else 0. What is wrong stands at {@code /actuator/health}. */
@Component
class HealthMeter implements MeterBinder {

    private final HealthEndpoint health;

    HealthMeter(HealthEndpoint health) {
        this.health = health;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("hubmesh.healthy", () -> isUp() ? 1 : 0)
                .description("1 while the database, the disk and every content are as they should be")
                .register(registry);
    }

    private boolean isUp() {
        return Status.UP.equals(health.health().getStatus());
    }
}
