package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.accounts.Subject;
import io.hubmesh.bench.Report;
import io.hubmesh.bench.Spread;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Decision;
import io.hubmesh.permissions.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** What a decision costs in a large library. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class PermissionsBench {

    private static final int DECISIONS = 200_000;
    private static final int CHANGES = 2_000;
    private static final int CHECKED = 500;

    /** What people look at in a while. */
    private static final int WORKING_FILES = 2_000;

    private static final int WORKING_PEOPLE = 200;

    private static final double MICROS = 1e-3;
    private static final double MIB = 1024 * 1024;

    private static final double MEDIAN_MICROS = 100;
    private static final double P99_MICROS = 1000;

    private final Path folder;
    private final Random random = new Random(7);

    PermissionsBench(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void decisionsAreQuick() {
        Report report = new Report("permissions", "What a decision costs");
        List<Spread> seen;
        try (ConfigurableApplicationContext hub = OwnHub.start(folder)) {
            LargeLibrary library = new LargeLibrary(hub);
            library.fill(random);
            report.note("%s", library);
            seen = measure(report, library, hub.getBean(Library.class));
        }
        report.write();
        assertThat(seen).allSatisfy(spread -> {
            assertThat(spread.median()).isLessThan(MEDIAN_MICROS);
            assertThat(spread.p99()).isLessThan(P99_MICROS);
        });
    }

    private List<Spread> measure(Report report, LargeLibrary large, Library library) {
        double before = heap();
        Report.Section section = report.section(
                "One decision at depth 12, in microseconds", "case", "decisions", "median", "p95", "p99", "most");
        List<Subject> people = large.people();
        List<ResourceId> files = large.files();
        row(section, "anybody, any file, nothing remembered", decide(library, people, files, DECISIONS / 10));
        Spread any = row(section, "anybody, any file", decide(library, people, files, DECISIONS));
        Spread working = row(
                section,
                String.format(Locale.ROOT, "%d people, %d files", WORKING_PEOPLE, WORKING_FILES),
                decide(library, people.subList(0, WORKING_PEOPLE), files.subList(0, WORKING_FILES), DECISIONS));
        Spread changed = row(section, "whose grants have just changed", decideAfterChanges(large, library));
        double after = heap();
        for (int check = 0; check < CHECKED; check++) {
            Subject person = any(people);
            ResourceId file = any(files);
            assertThat(level(library, person, file)).isEqualTo(large.levelBySearching(person, file));
        }
        Report.Section memory = report.section("Heap in use after a full collection", "when", "MiB");
        memory.row("the library is filled, nothing is decided", before);
        memory.row("after all decisions", after);
        report.note("%d decisions, chosen by chance, were compared with a search of the tables.", CHECKED);
        return List.of(any, working, changed);
    }

    private double[] decide(Library library, List<Subject> people, List<ResourceId> files, int count) {
        double[] nanos = new double[count];
        for (int each = 0; each < count; each++) {
            nanos[each] = timed(library, any(people), any(files));
        }
        return nanos;
    }

    private double[] decideAfterChanges(LargeLibrary large, Library library) {
        double[] nanos = new double[CHANGES];
        for (int each = 0; each < CHANGES; each++) {
            Subject person = any(large.people());
            ResourceId file = any(large.files());
            Level before = level(library, person, file);
            large.grant(person, file, Level.MANAGE);
            nanos[each] = timed(library, person, file);
            assertThat(level(library, person, file)).isEqualTo(Level.MANAGE);
            large.withdraw(person, file);
            assertThat(level(library, person, file)).isEqualTo(before);
        }
        return nanos;
    }

    private static double timed(Library library, Subject person, ResourceId file) {
        long began = System.nanoTime();
        Decision decision = library.decide(person, Level.READ, file);
        long took = System.nanoTime() - began;
        assertThat(decision).isNotNull();
        return took;
    }

    private static @Nullable Level level(Library library, Subject person, ResourceId file) {
        return library.levelOf(person, file).orElse(null);
    }

    private static Spread row(Report.Section section, String name, double... nanos) {
        Spread spread = Spread.of(nanos).times(MICROS);
        section.row(name, spread.count(), spread.median(), spread.p95(), spread.p99(), spread.most());
        return spread;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** What is alive, in MiB. */
    private static double heap() {
        for (int round = 0; round < 3; round++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / MIB;
    }
}
