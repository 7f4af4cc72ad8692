package io.hubmesh.operations;

import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.storage.Shelves;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Reads every content again, slowly, and compares it with its name: disks forget, and the hub should be the first to know.
 * What is found damaged is told and left where it is.
 */
@Service
public class Scrub {

    private static final Logger log = LoggerFactory.getLogger(Scrub.class);
    private static final long MIB = 1 << 20;

    private final OperationsSettings settings;
    private final ScrubReports reports;
    private final TaskExecutor executor;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();

    Scrub(
            OperationsSettings settings,
            ScrubReports reports,
            @Qualifier("applicationTaskExecutor") TaskExecutor executor,
            Clock clock) {
        this.settings = settings;
        this.reports = reports;
        this.executor = executor;
        this.clock = clock;
    }

    /** The last one that has ended. */
    public Optional<ScrubReport> last() {
        return reports.last();
    }

    /** What the last one found damaged, in the order of the ids. */
    public List<ContentId> damaged() {
        return reports.damaged();
    }

    public boolean running() {
        return running.get();
    }

    /** Begins one in the background. @throws ProblemException already-running */
    public void start() {
        if (!running.compareAndSet(false, true)) {
            throw new ProblemException(ProblemCode.ALREADY_RUNNING, "The contents are being checked already.");
        }
        executor.execute(() -> {
            try {
                run();
            } finally {
                running.set(false);
            }
        });
    }

    /** At the times that {@code HUBMESH_SCRUB_AT} names, as a cron expression; else in the first night of a month. */
    @Scheduled(cron = "${hubmesh.scrub-at:0 0 2 1 * *}")
    void startByTheClock() {
        if (!running()) {
            start();
        }
    }

    private void run() {
        Instant startedAt = clock.instant();
        Shelves shelves = new Shelves(settings.blobFolder());
        BlockingBucket pace = pace();
        long[] bytes = {0};
        long contents = 0;
        List<ContentId> damaged = new ArrayList<>();
        try (Stream<ContentId> held = shelves.contents()) {
            for (ContentId content : held.toList()) {
                contents++;
                boolean whole = intact(shelves, content, read -> {
                    bytes[0] += read;
                    pace.consumeUninterruptibly(read);
                });
                if (!whole) {
                    damaged.add(content);
                    log.error("The content {} is not what it was when it was stored", content);
                }
            }
        }
        reports.add(new ScrubReport(startedAt, clock.instant(), contents, bytes[0]), damaged);
        log.info("Checked {} contents, {} damaged", contents, damaged.size());
    }

    private static boolean intact(Shelves shelves, ContentId content, LongConsumer read) {
        try {
            return shelves.intact(content, read);
        } catch (NoSuchFileException deletedMeanwhile) {
            return true;
        } catch (IOException unreadable) {
            log.error("The content {} could not be read", content, unreadable);
            return false;
        }
    }

    /** Never more than a second's worth at once. */
    private BlockingBucket pace() {
        long rate = settings.scrubMibPerSecond() * MIB;
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate).refillGreedy(rate, Duration.ofSeconds(1)))
                .build()
                .asBlocking();
    }
}
