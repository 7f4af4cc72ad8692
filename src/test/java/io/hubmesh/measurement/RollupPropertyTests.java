package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.TransferReported.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is delivered and reported whenever, and however often the hub is killed: the series by the minute, the hour and the day are those that
 * {@link RollupModel} finds, and nothing is counted twice.
 */
class RollupPropertyTests {

    private static final List<ResourceId> RESOURCES =
            List.of(new ResourceId(new UUID(2, 1)), new ResourceId(new UUID(2, 2)), new ResourceId(new UUID(2, 3)));

    private static final Map<Step, ChronoUnit> UNITS =
            Map.of(Step.MINUTE, ChronoUnit.MINUTES, Step.HOUR, ChronoUnit.HOURS, Step.DAY, ChronoUnit.DAYS);

    private enum Deed {
        DOWNLOAD,
        LEASE,
        PROGRESS,
        LIE,
        END,
        MESH,
        SHORT_WHILE,
        LONG_WHILE,
        SAVE,
        FAIL,
        KILL
    }

    /** The numbers say of what and how much. */
    private record Event(Deed deed, int which, int amount) {}

    @Property(tries = 150)
    void theSeriesAreThoseOfTheSlowModel(@ForAll("events") List<Event> events) {
        new Run().through(events);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(
                        Arbitraries.of(Deed.class),
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.integers().between(0, 1_000))
                .as(Event::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(120);
    }

    /** One hub and its database, from the first event to the last. */
    private static final class Run {

        private final LedgerScene scene = new LedgerScene();
        private final Shelves shelves = new Shelves();
        private final RollupModel model = new RollupModel();
        private final Map<Integer, Integer> progress = new HashMap<>();
        private Map<ResourceId, Counters> before = Map.of();
        private Map<ResourceId, Counters> written = Map.of();
        private long lost;

        void through(List<Event> events) {
            for (Event event : events) {
                happen(event);
                observe();
            }
            save();
            for (Step step : Step.values()) {
                assertThat(told(step, null)).isEqualTo(model.sums(unit(step), null));
                for (ResourceId resource : RESOURCES) {
                    assertThat(told(step, resource)).isEqualTo(model.sums(unit(step), resource));
                }
            }
            shelves.close();
        }

        private void happen(Event event) {
            int number = event.which() % RESOURCES.size();
            scene.resource = RESOURCES.get(number);
            scene.content = new ContentId(String.valueOf("abc".charAt(number)).repeat(64));
            String transfer = "t" + event.which();
            switch (event.deed()) {
                case DOWNLOAD -> scene.download(event.amount());
                case LEASE -> scene.lease(event.amount());
                case PROGRESS -> report(event, State.RUNNING);
                case END -> report(event, State.values()[event.amount() % State.values().length]);
                case LIE -> scene.report(transfer, State.RUNNING, -event.amount(), event.amount() * 7L, event.amount());
                case MESH -> {
                    lost += event.amount() % 3;
                    scene.ledger.mesh(event.which(), lost);
                    model.mesh(scene.time.instant(), event.which(), event.amount() % 3);
                }
                case SHORT_WHILE -> scene.pass(Duration.ofMillis(event.amount() * 10L));
                case LONG_WHILE -> scene.pass(Duration.ofSeconds(event.amount() * 11L));
                case SAVE -> save();
                case FAIL -> scene.ledger.notSaved(scene.ledger.takeUnsaved());
                case KILL -> kill();
            }
        }

        /** A peer goes on from where it is, whatever the hub remembers of it. */
        private void report(Event event, State state) {
            int had = progress.merge(
                    event.which(), event.amount() / 4, (old, more) -> (int) Math.min(LedgerScene.SIZE, old + more));
            scene.report("t" + event.which(), state, 0, had, event.amount() / 100);
        }

        private void save() {
            shelves.books.save(scene.ledger.takeUnsaved());
            model.write();
            written = counters();
        }

        private void kill() {
            scene.restart(shelves.books.kept());
            model.kill();
            lost = 0;
            assertThat(counters()).isEqualTo(written);
            before = written;
        }

        /** Whatever the totals have grown by has happened now. */
        private void observe() {
            Map<ResourceId, Counters> now = counters();
            now.forEach((resource, counted) -> {
                Counters more = counted.minus(before.getOrDefault(resource, Counters.NONE));
                if (!more.isNothing()) {
                    model.delivered(scene.time.instant(), resource, more);
                }
            });
            before = now;
        }

        private Map<ResourceId, Counters> counters() {
            Map<ResourceId, Counters> counters = new HashMap<>();
            scene.ledger.snapshot().counters().forEach((resource, counted) -> {
                if (!RollupModel.plain(counted).isNothing()) {
                    counters.put(resource, RollupModel.plain(counted));
                }
            });
            return counters;
        }

        private Map<Instant, Tally> told(Step step, @Nullable ResourceId resource) {
            Instant end = scene.time.instant().plus(Duration.ofDays(1));
            Map<Instant, Tally> told = resource == null
                    ? shelves.rollups.all(step, Instant.EPOCH, end)
                    : shelves.rollups.of(step, Instant.EPOCH, end, List.of(resource));
            told.replaceAll((at, tally) -> RollupModel.plain(tally));
            return told;
        }

        private static ChronoUnit unit(Step step) {
            return Objects.requireNonNull(UNITS.get(step));
        }
    }
}
