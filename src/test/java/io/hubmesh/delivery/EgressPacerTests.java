package io.hubmesh.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.delivery.EgressMeter.Turn;
import io.hubmesh.kernel.AccountId;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EgressPacerTests {

    private static final AccountId ACCOUNT = new AccountId(new UUID(0, 1));

    private final EgressPacer pacer = new EgressPacer();

    @AfterEach
    void rest() {
        pacer.destroy();
    }

    @Test
    void whoCannotTakeTheirTurnKeepsNobodyElseFromTheirs() throws Exception {
        CompletableFuture<Integer> gone = new CompletableFuture<>();
        pacer.ask(new Turn(ACCOUNT, 1, null, bytes -> {
            gone.complete(bytes);
            throw new IllegalStateException("the answer has ended");
        }));
        gone.get(60, TimeUnit.SECONDS);

        CompletableFuture<Integer> next = new CompletableFuture<>();
        pacer.ask(new Turn(ACCOUNT, 2, null, next::complete));

        assertThat(next.get(60, TimeUnit.SECONDS)).isEqualTo(2);
    }
}
