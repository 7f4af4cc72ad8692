package io.hubmesh.audit.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens over and over becomes two records at most. */
class RepeatsTests {

    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final HandClock clock = new HandClock();
    private final Repeats repeats = new Repeats();

    @Test
    void theFirstIsTheFirstAndTheOthersAreAddedUp() {
        assertThat(once("file", 100)).isTrue();
        for (int i = 0; i < 7; i++) {
            clock.turn(Duration.ofSeconds(1));
            assertThat(once("file", 100)).isFalse();
        }
        assertThat(once("another", 100)).isTrue();
        assertThat(repeats.over(clock.instant())).isEmpty();

        clock.turn(WITHIN);
        assertThat(repeats.over(clock.instant())).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo(Action.DOWNLOAD_WENT_ON);
            assertThat(entry.times()).isEqualTo(7);
            assertThat(entry.detail()).containsEntry("bytes", "700");
            assertThat(entry.at()).isEqualTo(clock.instant().minus(WITHIN));
        });
        assertThat(repeats.over(clock.instant())).isEmpty();
        assertThat(once("file", 100)).isTrue();
    }

    @Test
    void whatIsBeingCountedIsCountedWithoutAnEntryAndNothingElseIs() {
        assertThat(repeats.again(kind("file"), clock.instant(), 100)).isFalse();
        once("file", 1);
        clock.turn(Duration.ofSeconds(1));
        assertThat(repeats.again(kind("file"), clock.instant(), 20)).isTrue();
        assertThat(repeats.again(kind("another"), clock.instant(), 100)).isFalse();
        clock.turn(WITHIN);
        assertThat(repeats.again(kind("file"), clock.instant(), 100)).isFalse();

        assertThat(repeats.over(clock.instant())).singleElement().satisfies(entry -> {
            assertThat(entry.times()).isEqualTo(1);
            assertThat(entry.detail()).containsEntry("bytes", "20");
            assertThat(entry.at()).isEqualTo(clock.instant().minus(WITHIN));
        });
    }

    @Test
    void whatComesAgainAfterItsTimeLosesNothing() {
        once("file", 1);
        once("file", 2);
        clock.turn(WITHIN);
        assertThat(once("file", 4)).isTrue();

        assertThat(repeats.over(clock.instant())).singleElement().satisfies(entry -> assertThat(entry.detail())
                .containsEntry("bytes", "2"));
    }

    @Test
    void memoryIsBoundedAndNothingIsForgotten() {
        once("oldest", 1);
        once("oldest", 5);
        for (int i = 0; i < Repeats.MOST; i++) {
            once("file " + i, 1);
        }

        assertThat(repeats.over(clock.instant())).singleElement().satisfies(entry -> assertThat(entry.detail())
                .containsEntry("bytes", "5"));
        assertThat(once("oldest", 1)).isTrue();
    }

    @Test
    void refusalsInEverNewWaysAreToldEverMoreCoarsely() {
        Flood flood = new Flood();
        for (int i = 0; i < Flood.MOST_OF_ONE; i++) {
            assertThat(flood.next("ben", clock.instant())).isEqualTo(Flood.Grain.EACH);
        }
        assertThat(flood.next("ben", clock.instant())).isEqualTo(Flood.Grain.BY_WHOM);
        assertThat(flood.next("eve", clock.instant())).isEqualTo(Flood.Grain.EACH);
        for (int i = 0; i < Flood.MOST_OF_ALL; i++) {
            flood.next("somebody " + i, clock.instant());
        }
        assertThat(flood.next("eve", clock.instant())).isEqualTo(Flood.Grain.TOGETHER);
        clock.turn(Duration.ofMinutes(1));
        assertThat(flood.next("ben", clock.instant())).isEqualTo(Flood.Grain.EACH);
    }

    private boolean once(String file, long bytes) {
        Thing thing = new Thing(Thing.Kind.RESOURCE, file, file);
        Entry entry = Entry.done(clock.instant(), Actor.NOBODY, Action.DOWNLOAD_BEGUN, thing)
                .saying("bytes", bytes);
        return repeats.isFirst(kind(file), WITHIN, entry, Action.DOWNLOAD_WENT_ON, bytes);
    }

    private static Repeats.Kind kind(String file) {
        return new Repeats.Kind(Action.DOWNLOAD_BEGUN, "ben", null, file);
    }
}
