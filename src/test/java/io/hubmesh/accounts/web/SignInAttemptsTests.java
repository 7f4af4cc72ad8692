package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import io.hubmesh.accounts.web.SignInAttempts.Attempt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignInAttemptsTests {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";
    private static final Attempt MIA = new Attempt("mia", HERE, null);

    private final HandClock clock = new HandClock();
    private final SignInAttempts attempts = new SignInAttempts(clock);

    @Test
    void aFewFailuresAreFreeAndThenEachCostsTwiceAsMuch() {
        for (int i = 0; i < SignInAttempts.FREE_OF_A_NAME; i++) {
            assertThat(attempts.begin(MIA)).isZero();
        }

        for (int seconds : new int[] {2, 4, 8, 16, 32}) {
            assertThat(attempts.begin(new Attempt(" MIA ", HERE, null)))
                    .isBetween(Duration.ofSeconds(seconds - 1), Duration.ofSeconds(seconds));
            clock.turn(Duration.ofSeconds(seconds));
            assertThat(attempts.begin(MIA)).isZero();
        }
    }

    @Test
    void aGuesserComesToAFewHundredADay() {
        int guesses = 0;
        for (Duration spent = Duration.ZERO; spent.toHours() < 24; spent = spent.plusSeconds(1)) {
            if (attempts.begin(MIA).isZero()) {
                guesses++;
            }
            clock.turn(Duration.ofSeconds(1));
        }

        assertThat(guesses).isBetween(100, 310);
    }

    @Test
    void waitingIsNoFailure() {
        failTimes(SignInAttempts.FREE_OF_A_NAME, MIA);
        for (int i = 0; i < 1000; i++) {
            assertThat(attempts.begin(MIA)).isLessThanOrEqualTo(Duration.ofSeconds(2));
        }
        clock.turn(Duration.ofSeconds(2));

        assertThat(attempts.begin(MIA)).isZero();
    }

    @Test
    void nobodyIsLockedOutFromElsewhere() {
        failTimes(SignInAttempts.FREE_OF_A_NAME, MIA);

        assertThat(attempts.begin(MIA)).isPositive();
        assertThat(attempts.begin(new Attempt("mia", ELSEWHERE, null))).isZero();
        assertThat(attempts.begin(new Attempt("bo", HERE, null))).isZero();
    }

    @Test
    void aBrowserThatIsKnownIsNotHeldUpByStrangersInItsNetwork() {
        for (int i = 0; i < SignInAttempts.FREE_OF_A_NETWORK; i++) {
            attempts.begin(new Attempt(i % 2 == 0 ? "mia" : "name" + i, HERE, null));
        }
        Attempt known = new Attempt("mia", HERE, "device");

        assertThat(attempts.begin(MIA)).isPositive();
        assertThat(attempts.begin(known)).isZero();
        failTimes(SignInAttempts.FREE_OF_A_DEVICE - 1, known);
        assertThat(attempts.begin(known)).as("a stolen cookie is no way around").isPositive();
        assertThat(attempts.begin(new Attempt("mia", ELSEWHERE, "another"))).isZero();
    }

    @Test
    void nameAfterNameFromOneNetworkEndsToo() {
        for (int i = 0; i < SignInAttempts.FREE_OF_A_NETWORK; i++) {
            assertThat(attempts.begin(new Attempt("name" + i, HERE, null))).isZero();
        }

        assertThat(attempts.begin(new Attempt("another", HERE, null))).isPositive();
        assertThat(attempts.begin(new Attempt("another", ELSEWHERE, null))).isZero();
        clock.turn(Duration.ofMinutes(30));
        assertThat(attempts.begin(new Attempt("another", HERE, null))).isZero();
        assertThat(attempts.begin(new Attempt("one more", HERE, null))).isZero();
    }

    @Test
    void successesCostNothingAndFreeTheName() {
        for (int i = 0; i < 10 * SignInAttempts.FREE_OF_A_NETWORK; i++) {
            Attempt pupil = new Attempt("pupil" + i, HERE, null);
            assertThat(attempts.begin(pupil)).isZero();
            attempts.succeeded(pupil);
        }
        failTimes(SignInAttempts.FREE_OF_A_NAME - 1, MIA);
        attempts.begin(MIA);
        attempts.succeeded(MIA);

        failTimes(SignInAttempts.FREE_OF_A_NAME, MIA);
        assertThat(attempts.begin(MIA)).isPositive();
    }

    @Test
    void anOwnAccountDoesNotWashAGuesserClean() {
        for (int i = 0; i < 2 * SignInAttempts.FREE_OF_A_NETWORK; i++) {
            Attempt own = new Attempt("own", HERE, null);
            if (attempts.begin(own).isZero()) {
                attempts.succeeded(own);
            }
            attempts.begin(new Attempt("name" + i, HERE, null));
        }

        assertThat(attempts.begin(new Attempt("another", HERE, null))).isPositive();
    }

    @Test
    void aNetworkIsAnAddressOrSixtyFourBits() {
        assertThat(ClientNetwork.of("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(ClientNetwork.of("2001:db8:1:2::1")).isEqualTo(ClientNetwork.of("2001:db8:1:2:ffff:1:2:3%eth0"));
        assertThat(ClientNetwork.of("2001:db8:1:3::1")).isNotEqualTo(ClientNetwork.of("2001:db8:1:2::1"));
        assertThat(ClientNetwork.of("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(ClientNetwork.of("not an address")).isEqualTo("not an address");
    }

    private void failTimes(int times, Attempt attempt) {
        for (int i = 0; i < times; i++) {
            assertThat(attempts.begin(attempt)).isZero();
        }
    }
}
