package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.hubmesh.HubFixture;
import io.hubmesh.accounts.Subject;
import io.hubmesh.bench.Report;
import io.hubmesh.library.OwnHub;
import io.hubmesh.library.Resource;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What measuring costs: reports of many transfers at their real cadence, read, counted, told and written down. */
class MeasurementBench {

    private static final int PEERS = 200;
    private static final int TRANSFERS = 2_000;
    private static final int FILES = 50;

    /** Turns a second; in each an equal part of the transfers is reported. */
    private static final int TURNS = 50;

    /** With so many times the reports everything is done once before it is measured, so that the compiler of the JVM has mostly done its work. */
    private static final int WARM_UP_PACE = 10;

    /** Each case is measured so often, in turns with the others, so that what the machine and the JVM do beside falls on all of them. */
    private static final int ROUNDS = 2;

    /** Of a case in a round: twice as long as the hub takes to write everything down. */
    private static final int SECONDS = 2 * Bookkeeping.SAVED_EVERY_SECONDS;

    /** The hub's share of one core, in percent. */
    private static final double MOST_OF_A_CORE = 5;

    /** Reports as a share of the delivered bytes, in percent. */
    private static final double MOST_OF_BYTES = 1;

    private static final double PERCENT = 100;

    private final Path folder;

    MeasurementBench(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void measuringIsCheap() throws Exception {
        Report report = new Report("measuring", "What measuring costs");
        try (ConfigurableApplicationContext hub = OwnHub.start(folder, HubFixture.class)) {
            HubFixture fixture = hub.getBean(HubFixture.class);
            ReportingPeers peers = new ReportingPeers(hub, files(fixture), PEERS, TRANSFERS);
            report.note(
                    "%d peers with %,d transfers of %d files; each transfer brings %,d bytes a second, reports once a second and takes five minutes;"
                            + " %d times %d s for each row, in turns, after as long with %d times the reports.",
                    PEERS, TRANSFERS, FILES, ReportingPeers.RATE, ROUNDS, SECONDS, WARM_UP_PACE);
            Subject administrator = fixture.administrator();
            double cost = processor(report, hub, peers, administrator);
            double share = bytes(report, peers);
            report.write();
            assertThat(cost).as("percent of a core").isLessThan(MOST_OF_A_CORE);
            assertThat(share).as("percent of the bytes").isLessThan(MOST_OF_BYTES);
        }
    }

    /** The generator works in the same process, so that what it takes by itself is measured and taken off. */
    private static double processor(
            Report report, ConfigurableApplicationContext hub, ReportingPeers peers, Subject administrator)
            throws InterruptedException {
        rounds(hub, peers, administrator, WARM_UP_PACE);
        List<Spent> spent = rounds(hub, peers, administrator, 1);
        Report.Section section = report.section(
                "Processor time", "case", "percent of one core", "percent of the time the JVM's compiler was at work");
        Spent made = spent.get(0);
        Spent counted = spent.get(1);
        Spent watched = spent.get(2);
        double cost = counted.processor() - made.processor();
        section.row("reports are made and nobody reads them", made.processor(), made.compiler());
        section.row("they are read, counted and written down as well", counted.processor(), counted.compiler());
        section.row("and an administrator has the dashboard open", watched.processor(), watched.compiler());
        section.row("so measuring takes", cost, counted.compiler() - made.compiler());
        section.row(
                "and the dashboards of all administrators, but for the sending",
                watched.processor() - counted.processor(),
                watched.compiler() - counted.compiler());
        return cost;
    }

    /**
     * All cases, in turns.
     *
     * @param pace how much quicker everything goes than it does
     */
    private static List<Spent> rounds(
            ConfigurableApplicationContext hub, ReportingPeers peers, Subject administrator, int pace)
            throws InterruptedException {
        Bookkeeping bookkeeping = hub.getBean(Bookkeeping.class);
        List<IntConsumer> cases = List.of(
                turn -> peers.tell(turn, TURNS, false),
                turn -> peers.tell(turn, TURNS, true),
                turn -> watch(hub, peers, administrator, turn));
        List<Spent> spent = Stream.generate(Spent::new).limit(cases.size()).toList();
        for (int round = 0; round < ROUNDS; round++) {
            for (int each = 0; each < cases.size(); each++) {
                bookkeeping.save(); // what is left over is not the next case's
                IntConsumer turns = cases.get(each);
                spent.get(each).during(SECONDS, pace, turn -> {
                    turns.accept(turn);
                    if (pace > 1 && turn % (Bookkeeping.SAVED_EVERY_SECONDS * TURNS) == 0) {
                        bookkeeping.save(); // the hub's own clockwork goes no quicker
                    }
                });
            }
        }
        return spent;
    }

    /** Reports, and once a second the dashboard's figures. */
    private static void watch(
            ConfigurableApplicationContext hub, ReportingPeers peers, Subject administrator, int turn) {
        peers.tell(turn, TURNS, true);
        if (turn % TURNS == 0) {
            Overview overview = hub.getBean(Overviews.class).of(administrator);
            assertThat(JsonMapper.shared().writeValueAsBytes(overview)).isNotEmpty();
        }
    }

    private static double bytes(Report report, ReportingPeers peers) {
        Report.Section section = report.section("Bytes", "what", "bytes");
        double message = peers.example().getBytes(StandardCharsets.UTF_8).length;
        double sent = message + ReportingPeers.FRAMES;
        double share = PERCENT * sent / ReportingPeers.RATE;
        section.row("a report", message);
        section.row("with its frame, TLS record and packet", sent);
        section.row("delivered between two reports of a transfer", (double) ReportingPeers.RATE);
        section.row("percent of what is delivered", share);
        section.row("bytes a second of a transfer from which on that is below 1 %", sent * PERCENT);
        return share;
    }

    private List<Resource> files(HubFixture fixture) {
        List<Resource> files = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            files.add(fixture.file(HubFixture.bytes(1_000 + file)));
        }
        return files;
    }

    /** What the whole process takes in one of the cases, the JVM's collector and compiler with it. */
    private static final class Spent {

        private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        private double processorNanos;
        private double compilerNanos;
        private double nanos;

        /** {@link #TURNS} a second, or that times the pace, each at its time. */
        void during(int seconds, int pace, IntConsumer turn) throws InterruptedException {
            ScheduledThreadPoolExecutor clockwork = new ScheduledThreadPoolExecutor(1);
            CountDownLatch left = new CountDownLatch(seconds * pace * TURNS);
            long processor = machine.getProcessCpuTime();
            long compiling = compiler.getTotalCompilationTime();
            long began = System.nanoTime();
            clockwork.scheduleAtFixedRate(
                    () -> {
                        turn.accept((int) left.getCount());
                        left.countDown();
                    },
                    0,
                    TimeUnit.SECONDS.toNanos(1) / (pace * TURNS),
                    TimeUnit.NANOSECONDS);
            assertThat(left.await(10L * seconds, TimeUnit.SECONDS))
                    .as("the machine keeps up with the reports")
                    .isTrue();
            processorNanos += machine.getProcessCpuTime() - processor;
            compilerNanos += TimeUnit.MILLISECONDS.toNanos(compiler.getTotalCompilationTime() - compiling);
            nanos += System.nanoTime() - began;
            clockwork.shutdownNow();
        }

        /** In percent of a core. */
        double processor() {
            return PERCENT * processorNanos / nanos;
        }

        /** How long its threads were at work, in percent of the time; not all of that on a processor. */
        double compiler() {
            return PERCENT * compilerNanos / nanos;
        }
    }
}
