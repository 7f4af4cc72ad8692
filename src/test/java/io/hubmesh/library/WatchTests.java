package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.events.AccessEnded;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.permissions.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
@Timeout(60)
class WatchTests {

    /** Less than the regular look takes to come once it has begun anew: what ends by then was ended by its event. */
    private static final int SOON_SECONDS = 9;

    private final HubFixture hub;
    private final Watch watch;
    private final Trash trash;
    private final ApplicationEventPublisher events;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Subject member;
    private Resource folder;
    private Resource file;

    WatchTests(HubFixture hub, Watch watch, Trash trash, ApplicationEventPublisher events) {
        this.hub = hub;
        this.watch = watch;
        this.trash = trash;
        this.events = events;
    }

    @BeforeEach
    void setTheScene() {
        watch.stop();
        watch.start();
        member = hub.member();
        folder = hub.folder();
        file = hub.fileIn(folder, "file", HubFixture.bytes(10));
        hub.grant(member, folder, Level.WRITE);
    }

    @Test
    void aGrantWithdrawnAboveEndsIt() throws Exception {
        Watch.Hold hold = hold(Level.READ);
        assertThat(hold.stands()).isTrue();
        hold.require();
        hub.withdraw(member, folder);
        assertEnded(hold);
    }

    @Test
    void aLowerLevelEndsWhatNeedsMore() throws Exception {
        Watch.Hold hold = hold(Level.WRITE);
        hub.grant(member, folder, Level.READ);
        assertEnded(hold);
    }

    @Test
    void aDisabledAccountEndsIt() throws Exception {
        AtomicBoolean welcome = new AtomicBoolean(true);
        Watch.Hold hold = watch.onRevoked(member, file.id(), Level.READ, welcome::get, ended::countDown);
        welcome.set(false);
        hub.disable(member);
        assertEnded(hold);
    }

    @Test
    void aSessionThatEndsEndsIt() throws Exception {
        AtomicBoolean welcome = new AtomicBoolean(true);
        Watch.Hold hold = watch.onRevoked(member, file.id(), Level.READ, welcome::get, ended::countDown);
        welcome.set(false);
        events.publishEvent(new AccessEnded(member.accountId()));
        assertEnded(hold);
    }

    @Test
    void aDeletedResourceEndsIt() throws Exception {
        Watch.Hold hold = hold(Level.READ);
        trash.delete(hub.administrator(), file.id(), Expected.ANY);
        assertEnded(hold);
    }

    @Test
    void whatTakesNothingAwayEndsNothing() throws Exception {
        Watch.Hold hold = hold(Level.READ);
        Subject other = hub.member();
        hub.grant(other, file, Level.READ);
        CountDownLatch looked = new CountDownLatch(1);
        Watch.Hold others = watch.onRevoked(other, file.id(), Level.READ, () -> true, looked::countDown);
        hub.grant(member, folder, Level.READ);
        hub.withdraw(other, file);
        assertThat(looked.await(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(others.stands()).isFalse();
        assertThat(hold.stands()).isTrue();
        assertThat(ended.getCount()).isEqualTo(1);
        hold.close();
    }

    @Test
    void whatIsOverIsNotLookedAfter() {
        int before = watch.count();
        Watch.Hold hold = hold(Level.READ);
        assertThat(watch.count()).isEqualTo(before + 1);
        hold.close();
        assertThat(watch.count()).isEqualTo(before);
    }

    @Test
    void whoMayNotDoesNotBegin() {
        int before = watch.count();
        assertThatThrownBy(() -> hold(Level.MANAGE))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.FORBIDDEN));
        assertThat(watch.count()).isEqualTo(before);
    }

    private Watch.Hold hold(Level level) {
        return watch.onRevoked(member, file.id(), level, () -> true, ended::countDown);
    }

    private void assertEnded(Watch.Hold hold) throws InterruptedException {
        assertThat(ended.await(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(hold.stands()).isFalse();
        assertThatThrownBy(hold::require).isInstanceOf(ProblemException.class);
    }
}
