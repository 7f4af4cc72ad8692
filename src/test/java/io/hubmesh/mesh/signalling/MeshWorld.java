package io.hubmesh.mesh.signalling;

import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Groups;
import io.hubmesh.library.Access;
import io.hubmesh.library.LibraryChanges;
import io.hubmesh.library.Moving;
import io.hubmesh.library.Trash;
import io.hubmesh.mesh.Mesh;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.events.PeerJoined;
import io.hubmesh.mesh.events.PeerLeft;
import io.hubmesh.mesh.events.ReportListener;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.UploadReported;
import io.hubmesh.mesh.keeping.Keeping;
import io.hubmesh.mesh.settings.SettingsBook;
import io.hubmesh.storage.Blobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** The hub that the tests' peers speak to. */
record MeshWorld(
        int port,
        Accounts accounts,
        AccessTokens tokens,
        LibraryChanges changes,
        Trash trash,
        Moving moving,
        Access access,
        Groups groups,
        Blobs blobs,
        Mesh mesh,
        Upkeep upkeep,
        SettingsBook settings,
        Keeping keeping,
        ShiftedClock clock,
        Facts facts) {

    /** Runs like the real one, and a test can set it forward. */
    static final class ShiftedClock extends Clock {
        private final Clock real;
        private volatile Duration shift = Duration.ZERO;
        private volatile @Nullable Instant stopped;

        ShiftedClock(Clock real) {
            this.real = real;
        }

        void shift(Duration by) {
            Instant still = stopped;
            stopped = still == null ? null : still.plus(by);
            shift = shift.plus(by);
        }

        /** Stands still, save when it is set forward, until it is let go on: what takes long on a slow machine takes no time then. */
        void stop() {
            stopped = instant();
        }

        void goOn() {
            stopped = null;
        }

        @Override
        public Instant instant() {
            Instant still = stopped;
            return still == null ? real.instant().plus(shift) : still;
        }

        @Override
        public ZoneId getZone() {
            return real.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static final class Facts implements ReportListener {
        final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

        @EventListener({PeerJoined.class, PeerLeft.class, LeaseServed.class})
        void on(Object fact) {
            heard.add(fact);
        }

        @Override
        public void reported(TransferReported report) {
            heard.add(report);
        }

        @Override
        public void reported(UploadReported report) {
            heard.add(report);
        }

        /** The first of those asked for; what peers of earlier tests still leave behind is not meant. */
        <F> F await(Class<F> kind, Predicate<F> meant) throws InterruptedException {
            for (Object fact = heard.poll(60, TimeUnit.SECONDS);
                    fact != null;
                    fact = heard.poll(60, TimeUnit.SECONDS)) {
                if (kind.isInstance(fact) && meant.test(kind.cast(fact))) {
                    return kind.cast(fact);
                }
            }
            throw new AssertionError("no " + kind.getSimpleName());
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Instruments {
        @Bean
        @Primary
        ShiftedClock shiftedClock(@Qualifier("clock") Clock real) {
            return new ShiftedClock(real);
        }

        @Bean
        Facts facts() {
            return new Facts();
        }

        /** Not before a test asks for it: then the port is known. */
        @Bean
        @Lazy
        MeshWorld meshWorld(
                Environment environment,
                Accounts accounts,
                AccessTokens tokens,
                LibraryChanges changes,
                Trash trash,
                Moving moving,
                Access access,
                Groups groups,
                Blobs blobs,
                Mesh mesh,
                Upkeep upkeep,
                SettingsBook settings,
                Keeping keeping,
                ShiftedClock clock,
                Facts facts) {
            int port = environment.getRequiredProperty("local.server.port", Integer.class);
            return new MeshWorld(
                    port, accounts, tokens, changes, trash, moving, access, groups, blobs, mesh, upkeep, settings,
                    keeping, clock, facts);
        }
    }
}
