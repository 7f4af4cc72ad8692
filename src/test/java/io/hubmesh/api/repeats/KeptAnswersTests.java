package io.hubmesh.api.repeats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.api.repeats.KeptAnswers.Kept;
import io.hubmesh.api.repeats.KeptAnswers.Key;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class KeptAnswersTests {

    private static final Kept ANSWER = new Kept("00", 2, 201, "application/json", "/somewhere", "{}");

    private final HubFixture hub;
    private final JdbcClient database;
    private final HandClock clock = new HandClock();
    private final KeptAnswers answers;
    private Subject member;

    KeptAnswersTests(HubFixture hub, JdbcClient database) {
        this.hub = hub;
        this.database = database;
        this.answers = new KeptAnswers(database, clock);
    }

    @BeforeEach
    void setTheScene() {
        member = hub.member();
    }

    @Test
    void anAnswerIsGivenForADayAndSweptAfterwards() {
        answers.keep(key("one"), ANSWER);
        clock.turn(KeptAnswers.KEPT.minusMillis(1));
        assertThat(answers.find(key("one"))).contains(ANSWER);
        answers.sweep();
        assertThat(rows()).isEqualTo(1);
        clock.turn(Duration.ofMillis(1));
        assertThat(answers.find(key("one"))).isEmpty();
        answers.sweep();
        assertThat(rows()).isZero();
    }

    @Test
    void aKeyIsFreeAgainAfterADay() {
        answers.keep(key("one"), ANSWER);
        clock.turn(KeptAnswers.KEPT);
        Kept other = new Kept("01", 3, 201, null, null, "[]");
        answers.keep(key("one"), other);
        assertThat(answers.find(key("one"))).contains(other);
    }

    @Test
    void anAccountsOldestAnswersMakeRoom() {
        for (int i = 0; i <= KeptAnswers.MOST; i++) {
            answers.keep(key("key-" + i), ANSWER);
            clock.turn(Duration.ofMillis(1));
        }
        assertThat(rows()).isEqualTo(KeptAnswers.MOST);
        assertThat(answers.find(key("key-0"))).isEmpty();
        assertThat(answers.find(key("key-1"))).isPresent();
    }

    private Key key(String text) {
        return new Key(member.accountId(), text);
    }

    private int rows() {
        return database.sql("select count(*) from kept_answers where account_id = ?")
                .param(1, member.accountId().value())
                .query(Integer.class)
                .single();
    }
}
