package io.hubmesh.measurement.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.measurement.Overview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** However many streams there are, what they are told is worked out once for all who may see the same. */
class BeatTests {

    private final List<Subject> workedOut = new ArrayList<>();
    private int looks;

    private final Beat beat = new Beat(3, this::look, JsonMapper.shared());

    @Test
    void administratorsAreToldTheSame() {
        Beat.Told first = beat.of(subject(1, Role.ADMINISTRATOR));
        assertThat(beat.of(subject(2, Role.ADMINISTRATOR))).isSameAs(first);
        assertThat(workedOut).hasSize(1);
    }

    @Test
    void eachMemberIsToldWhatTheyMaySee() {
        Subject member = subject(1, Role.MEMBER);
        Subject other = subject(2, Role.MEMBER);
        Subject administrator = subject(3, Role.ADMINISTRATOR);
        for (Subject asking : List.of(member, other, administrator, member, other)) {
            JsonNode told = JsonMapper.shared().readTree(beat.of(asking).json());
            long own = asking.accountId().value().getLeastSignificantBits();
            assertThat(told.get("egressBytes").asLong()).isEqualTo(own);
            assertThat(beat.of(asking).overview().egressBytes()).isEqualTo(own);
        }
        assertThat(workedOut).containsExactly(member, other, administrator);
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void nothingIsLookedAtBeforeSomebodyIsTold() {
        assertThat(beat.version()).isEqualTo(3);
        assertThat(looks).isZero();
    }

    private Function<Subject, Overview> look() {
        looks++;
        return subject -> {
            workedOut.add(subject);
            return overview(subject.accountId().value().getLeastSignificantBits());
        };
    }

    private static Subject subject(long number, Role role) {
        return new Subject(new AccountId(new UUID(5, number)), "somebody", role);
    }

    private static Overview overview(long egress) {
        return new Overview(
                Instant.EPOCH,
                egress,
                0,
                null,
                new Overview.Hub(0, 0),
                new Overview.MeshTotals(0, 0, 0, 0, 0, 0, Map.of()),
                null,
                new Overview.Times(null, null, null),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
