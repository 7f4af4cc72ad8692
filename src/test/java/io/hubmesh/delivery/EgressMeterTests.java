package io.hubmesh.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hubmesh.delivery.EgressMeter.Turn;
import io.hubmesh.kernel.AccountId;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Downloads that always want more, under a clock that the test turns. */
class EgressMeterTests {

    private static final long MILLISECOND = 1_000_000;
    private static final long MEBIBYTE = 1024 * 1024;
    private static final AccountId ANNA = new AccountId(new UUID(0, 1));
    private static final AccountId BERT = new AccountId(new UUID(0, 2));

    private final EgressMeter meter = new EgressMeter(0);
    private final Map<String, Long> sent = new TreeMap<>();
    private long now;

    @Test
    void theHubSendsWhatItMayAndDownloadsShareItEqually() {
        meter.limit(10 * MEBIBYTE, null);
        for (int number = 0; number < 8; number++) {
            begin("download " + number, number == 0 ? ANNA : BERT);
        }
        pass(20_000);

        assertThat(total()).isCloseTo(200 * MEBIBYTE, within(MEBIBYTE));
        assertThat(sent.values()).allSatisfy(bytes -> assertThat(bytes).isCloseTo(25 * MEBIBYTE, within(MEBIBYTE)));
    }

    @Test
    void anAccountHasItsOwnLimitHoweverManyDownloadsItBegins() {
        meter.limit(null, MEBIBYTE);
        begin("a", ANNA);
        for (int number = 0; number < 5; number++) {
            begin("b" + number, BERT);
        }
        pass(10_000);

        assertThat(sent.get("a")).isCloseTo(10 * MEBIBYTE, within(MEBIBYTE / 4));
        assertThat(total()).isCloseTo(20 * MEBIBYTE, within(MEBIBYTE / 2));
    }

    @Test
    void aPauseGivesNoRightToABurst() {
        meter.limit(MEBIBYTE, null);
        pass(60_000);
        begin("late", ANNA);
        pass(1000);

        assertThat(total()).isLessThan(MEBIBYTE + MEBIBYTE / 4);
    }

    @Test
    void withoutALimitNobodyWaits() {
        meter.limit(null, null);
        begin("free", ANNA);
        pass(100);

        assertThat(total()).isEqualTo(100L * EgressMeter.SLICE);
    }

    @Property(tries = 50)
    void noMoreThanTheLimitIsSentWhateverItIs(
            @ForAll @IntRange(min = 16 * 1024, max = 50_000_000) int rate,
            @ForAll @IntRange(min = 1, max = 50) int downloads) {
        meter.limit((long) rate, null);
        long before = total();
        for (int number = 0; number < downloads; number++) {
            begin(rate + "/" + number, ANNA);
        }
        pass(5000);

        assertThat(total() - before).isLessThanOrEqualTo((long) (rate * 5.1) + EgressMeter.SLICE);
    }

    @Test
    void aLaneHasARateOfItsOwnBelowAllOthers() {
        meter.limit(10 * MEBIBYTE, null);
        Lane lane = new Lane(MEBIBYTE);
        begin("a", ANNA, lane);
        begin("b", BERT, lane);
        begin("free", ANNA);
        pass(10_000);

        assertThat(sent.get("a")).isCloseTo(5 * MEBIBYTE, within(MEBIBYTE / 4));
        assertThat(sent.get("b")).isCloseTo(5 * MEBIBYTE, within(MEBIBYTE / 4));
        assertThat(sent.get("free")).isCloseTo(90 * MEBIBYTE, within(MEBIBYTE));
    }

    private void begin(String name, AccountId account) {
        begin(name, account, null);
    }

    private void begin(String name, AccountId account, @Nullable Lane lane) {
        sent.putIfAbsent(name, 0L);
        meter.ask(new Turn(account, EgressMeter.SLICE, lane, bytes -> {
            sent.merge(name, (long) bytes, Long::sum);
            begin(name, account, lane);
        }));
    }

    private void pass(int milliseconds) {
        for (int passed = 0; passed < milliseconds; passed++) {
            now += MILLISECOND;
            meter.tick(now).forEach(Runnable::run);
        }
    }

    private long total() {
        return sent.values().stream().mapToLong(Long::longValue).sum();
    }
}
