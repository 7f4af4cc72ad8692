package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignInAttemptsTests {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";

    private final HandClock clock = new HandClock();
    private final SignInAttempts attempts = new SignInAttempts(clock);

    @Test
    void aFewFailuresAreBorneAndThenNoMore() {
        failTimes(SignInAttempts.FAILURES_OF_A_NAME - 1, HERE, "mia");
        assertThat(attempts.allowed(HERE, "mia")).isTrue();

        attempts.failed(HERE, "mia");
        assertThat(attempts.allowed(HERE, "mia")).isFalse();
        assertThat(attempts.allowed(HERE, " MIA ")).isFalse();
    }

    @Test
    void nobodyIsLockedOutFromElsewhere() {
        failTimes(SignInAttempts.FAILURES_OF_A_NAME, HERE, "mia");

        assertThat(attempts.allowed(ELSEWHERE, "mia")).isTrue();
        assertThat(attempts.allowed(HERE, "bo")).isTrue();
    }

    @Test
    void nameAfterNameFromOneAddressEndsToo() {
        for (int i = 0; i < SignInAttempts.FAILURES_OF_AN_ADDRESS; i++) {
            attempts.failed(HERE, "name" + i);
        }

        assertThat(attempts.allowed(HERE, "another")).isFalse();
        assertThat(attempts.allowed(ELSEWHERE, "another")).isTrue();
    }

    @Test
    void aWhileLaterThereIsAnotherTry() {
        failTimes(SignInAttempts.FAILURES_OF_A_NAME, HERE, "mia");
        clock.turn(Duration.ofSeconds(31));

        assertThat(attempts.allowed(HERE, "mia")).isTrue();
        attempts.failed(HERE, "mia");
        assertThat(attempts.allowed(HERE, "mia")).isFalse();
    }

    private void failTimes(int times, String address, String name) {
        for (int i = 0; i < times; i++) {
            attempts.failed(address, name);
        }
    }
}
