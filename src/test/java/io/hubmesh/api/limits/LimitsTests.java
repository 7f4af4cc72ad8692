package io.hubmesh.api.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HandClock;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.web.Rate;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LimitsTests {

    private final HandClock clock = new HandClock();
    private final Limits limits = new Limits(new LimitSettings(60, 6), clock);
    private final AccountId account = new AccountId(UUID.randomUUID());

    @Test
    void soManyAtOnceAndThenOneASecond() {
        take(60, Rate.REQUESTS);
        Limits.Verdict refused = limits.take(account, Rate.REQUESTS);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.left()).isZero();
        assertThat(refused.next()).isEqualTo(Duration.ofSeconds(1));
        assertThat(refused.full()).isEqualTo(Limits.WINDOW);

        clock.turn(Duration.ofMillis(999));
        assertThat(limits.take(account, Rate.REQUESTS).allowed()).isFalse();
        clock.turn(Duration.ofMillis(1));
        assertThat(limits.take(account, Rate.REQUESTS).allowed()).isTrue();
        assertThat(limits.take(account, Rate.REQUESTS).allowed()).isFalse();
    }

    @Test
    void classesAndAccountsDoNotTakeFromEachOther() {
        take(6, Rate.EXPENSIVE);
        assertThat(limits.take(account, Rate.EXPENSIVE).next()).isEqualTo(Duration.ofSeconds(10));
        assertThat(limits.take(account, Rate.REQUESTS).left()).isEqualTo(59);
        assertThat(limits.take(new AccountId(UUID.randomUUID()), Rate.EXPENSIVE).left())
                .isEqualTo(5);
    }

    @Test
    void whoWaitsHasAllAgainAndNoMore() {
        take(60, Rate.REQUESTS);
        clock.turn(Duration.ofHours(1));
        take(60, Rate.REQUESTS);
        assertThat(limits.take(account, Rate.REQUESTS).allowed()).isFalse();
    }

    @Test
    void aLimitOfNothingIsRefusedAtTheStart() {
        assertThatThrownBy(() -> new LimitSettings(0, 1)).hasMessageContaining("hubmesh.limits");
    }

    private void take(int times, Rate rate) {
        for (int i = 0; i < times; i++) {
            assertThat(limits.take(account, rate).allowed()).isTrue();
        }
    }
}
