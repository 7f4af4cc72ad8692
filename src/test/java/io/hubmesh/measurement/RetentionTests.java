package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Series are kept for as long as administrators have chosen, each step by itself. */
class RetentionTests {

    private static final ResourceId RESOURCE = new ResourceId(new UUID(0, 77));
    private static final Subject ADMINISTRATOR = new Subject(new AccountId(new UUID(0, 1)), "ada", Role.ADMINISTRATOR);

    private final HandClock clock = new HandClock();
    private final Instant begun = clock.instant();
    private final Shelves shelves = new Shelves();
    private final MeasurementSettingsBook settings =
            new MeasurementSettingsBook(JdbcClient.create(shelves.database), told -> {});
    private final Retention retention = new Retention(settings, shelves.rollups, clock);

    @AfterEach
    void close() {
        shelves.close();
    }

    @Test
    void whatIsOlderThanChosenGoesAndTheRestStays() {
        deliver();
        clock.turn(Duration.ofHours(48));
        deliver();
        retention.prune();
        assertThat(List.of(kept(Step.MINUTE), kept(Step.HOUR), kept(Step.DAY))).containsExactly(2, 2, 2);

        clock.turn(Duration.ofMinutes(1));
        retention.prune();
        assertThat(List.of(kept(Step.MINUTE), kept(Step.HOUR), kept(Step.DAY))).containsExactly(1, 2, 2);

        clock.turn(Duration.ofDays(89));
        retention.prune();
        assertThat(List.of(kept(Step.MINUTE), kept(Step.HOUR), kept(Step.DAY))).containsExactly(0, 1, 2);

        clock.turn(Duration.ofDays(1826));
        retention.prune();
        assertThat(List.of(kept(Step.MINUTE), kept(Step.HOUR), kept(Step.DAY))).containsExactly(0, 0, 0);
    }

    @Test
    void anotherChoiceHoldsFromTheNextMinuteOn() {
        deliver();
        clock.turn(Duration.ofHours(3));
        choose(1, 1, 1);
        retention.prune();
        assertThat(List.of(kept(Step.MINUTE), kept(Step.HOUR), kept(Step.DAY))).containsExactly(0, 1, 1);

        choose(1, 1, null);
        clock.turn(Duration.ofDays(40_000));
        retention.prune();
        assertThat(List.of(kept(Step.MINUTE), kept(Step.HOUR), kept(Step.DAY))).containsExactly(0, 0, 1);
        assertThat(retention.oldest(Step.DAY)).isEqualTo(Instant.EPOCH);
    }

    private void deliver() {
        Tallies tallies = new Tallies();
        tallies.count(RESOURCE, Counters.download(7, true, clock.instant()), clock.instant());
        shelves.rollups.add(tallies.take());
    }

    private void choose(int hours, int days, @Nullable Integer moreDays) {
        settings.change(ADMINISTRATOR, new MeasurementSettings(settings.now().version(), null, hours, days, moreDays));
    }

    private int kept(Step step) {
        Instant end = clock.instant().plus(Duration.ofDays(1));
        Map<Instant, Tally> all = shelves.rollups.all(step, begun.minus(Duration.ofDays(1)), end);
        assertThat(shelves.rollups.of(step, begun.minus(Duration.ofDays(1)), end, List.of(RESOURCE)))
                .isEqualTo(all);
        return all.size();
    }
}
