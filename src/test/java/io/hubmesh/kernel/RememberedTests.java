package io.hubmesh.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

class RememberedTests {

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final List<String> asked = new ArrayList<>();
    private final MovingClock clock = new MovingClock();
    private final Remembered<String, Integer> lengths = new Remembered<>(100, KEPT, clock);

    @Test
    void aYesIsAskedForOnceUntilEverythingIsForgotten() {
        assertThat(length("abc")).contains(3);
        assertThat(length("abc")).contains(3);
        assertThat(asked).containsExactly("abc");
        lengths.forget();
        assertThat(length("abc")).contains(3);
        assertThat(asked).containsExactly("abc", "abc");
    }

    @Test
    void aNoIsAskedForEachTime() {
        assertThat(length("")).isEmpty();
        assertThat(length("")).isEmpty();
        assertThat(asked).containsExactly("", "");
    }

    @Test
    void aYesHoldsForAWhileAtMost() {
        length("abc");
        clock.now = clock.now.plus(KEPT);
        length("abc");
        assertThat(asked).containsExactly("abc", "abc");
    }

    @Test
    void anAnswerThatRacesWithAChangeIsNotKept() {
        lengths.find("abc", key -> {
            lengths.forget();
            return Optional.of(-1);
        });
        assertThat(length("abc")).contains(3);
    }

    @Test
    void oneIsForgottenByItself() {
        length("abc");
        length("defg");
        lengths.forget("abc");
        length("abc");
        length("defg");
        assertThat(asked).containsExactly("abc", "defg", "abc");
    }

    @Test
    void withoutATransactionAChangeIsForgottenAtOnce() {
        length("abc");
        lengths.changing("abc");
        length("abc");
        assertThat(asked).containsExactly("abc", "abc");
    }

    @Test
    void whatATransactionChangesItAsksForAndNobodyKeepsUntilItIsCommitted() {
        length("abc");
        inATransaction(TransactionSynchronization.STATUS_COMMITTED, () -> {
            lengths.changing("abc");
            length("abc");
            length("new");
        });
        assertThat(asked).containsExactly("abc", "abc", "new");
        length("abc");
        length("new");
        length("abc");
        assertThat(asked).containsExactly("abc", "abc", "new", "abc", "new");
    }

    @Test
    void whoHasCommittedAsksSoThatNobodyElseHasTo() {
        length("abc");
        length("defg");
        inATransaction(TransactionSynchronization.STATUS_COMMITTED, () -> {
            lengths.changing("abc", this::ask);
            lengths.changing("defg");
        });
        assertThat(asked).containsExactly("abc", "defg", "abc");

        length("abc");
        length("defg");

        assertThat(asked).containsExactly("abc", "defg", "abc", "defg");
    }

    @Test
    void whatWasRolledBackOrIsInDoubtIsAskedForByWhoeverNeedsIt() {
        for (int end :
                new int[] {TransactionSynchronization.STATUS_ROLLED_BACK, TransactionSynchronization.STATUS_UNKNOWN}) {
            length("abc");
            asked.clear();
            inATransaction(end, () -> lengths.changing("abc", this::ask));
            assertThat(asked).isEmpty();
            length("abc");
            assertThat(asked).containsExactly("abc");
        }
    }

    @Test
    void anAnswerAfterTheCommitThatRacesWithAnotherChangeIsNotKept() {
        inATransaction(
                TransactionSynchronization.STATUS_COMMITTED,
                () -> lengths.changing("abc", key -> {
                    lengths.forget(key);
                    return Optional.of(-1);
                }));

        assertThat(length("abc")).contains(3);
    }

    @Test
    void whereTheQuestionFailsEverythingIsForgottenAllTheSame() {
        length("abc");
        length("defg");
        inATransaction(TransactionSynchronization.STATUS_COMMITTED, () -> {
            for (String key : List.of("abc", "defg")) {
                lengths.changing(key, any -> {
                    throw new IllegalStateException("no connection");
                });
            }
        });
        asked.clear();

        length("abc");
        length("defg");

        assertThat(asked).containsExactly("abc", "defg");
    }

    private static void inATransaction(int end, Runnable changes) {
        TransactionSynchronizationManager.initSynchronization();
        try {
            changes.run();
            if (end == TransactionSynchronization.STATUS_COMMITTED) {
                TransactionSynchronizationUtils.triggerAfterCommit();
            }
            TransactionSynchronizationUtils.triggerAfterCompletion(end);
        } finally {
            TransactionSynchronizationManager.clear();
        }
    }

    private Optional<Integer> ask(String key) {
        asked.add(key);
        return Optional.of(key.length()).filter(length -> length > 0);
    }

    private Optional<Integer> length(String text) {
        return lengths.find(text, this::ask);
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
