package io.hubmesh.operations;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Degraded while the last check of all contents found damaged ones: the hub works, and somebody should look. */
@Component
class ContentsHealth implements HealthIndicator {

    private final Scrub scrub;

    ContentsHealth(Scrub scrub) {
        this.scrub = scrub;
    }

    @Override
    public Health health() {
        int damaged = scrub.damaged().size();
        Health.Builder health = damaged == 0 ? Health.up() : Health.status("DEGRADED");
        return health.withDetail("damaged", damaged).build();
    }
}
