package io.hubmesh.measurement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** How far back series reach, as administrators have chosen. */
@Component
class Retention {

    private final MeasurementSettingsBook settings;
    private final RollupRows rows;
    private final Clock clock;

    Retention(MeasurementSettingsBook settings, RollupRows rows, Clock clock) {
        this.settings = settings;
        this.rows = rows;
        this.clock = clock;
    }

    /** The beginning of the oldest stretch that is kept; 1970 where all are. */
    Instant oldest(Step step) {
        MeasurementSettings now = settings.now();
        Integer days = now.keepDaysForDays();
        Duration kept =
                switch (step) {
                    case MINUTE -> Duration.ofHours(now.keepMinutesForHours());
                    case HOUR -> Duration.ofDays(now.keepHoursForDays());
                    case DAY -> days == null ? null : Duration.ofDays(days);
                };
        return kept == null ? Instant.EPOCH : step.floor(clock.instant().minus(kept));
    }

    /** Removes what is older. */
    void prune() {
        for (Step step : Step.values()) {
            rows.forget(step, oldest(step));
        }
    }
}
