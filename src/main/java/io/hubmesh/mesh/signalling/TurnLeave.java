package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.mesh.turn.TurnDesk;
import io.hubmesh.mesh.turn.TurnPass;
import io.hubmesh.mesh.wire.ToPeer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one peer was last told of the TURN servers. Asked from the socket's thread and from the room's own. */
final class TurnLeave {

    private final AccountId account;
    private final TurnDesk desk;
    private @Nullable TurnPass last;
    private boolean welcomed;

    TurnLeave(AccountId account, TurnDesk desk) {
        this.account = account;
        this.desk = desk;
    }

    /** For {@code welcome}. */
    synchronized Optional<ToPeer.Turn> first() {
        welcomed = true;
        return renewed();
    }

    /** Another, when it is time; never before the first. */
    synchronized Optional<ToPeer.Turn> due() {
        return welcomed && desk.isDue(last) ? renewed() : Optional.empty();
    }

    private Optional<ToPeer.Turn> renewed() {
        Optional<TurnPass> fresh = desk.issue(account);
        fresh.ifPresent(pass -> last = pass);
        return fresh.map(pass -> new ToPeer.Turn(
                pass.urls(),
                pass.username(),
                pass.credential(),
                pass.expiresAt().getEpochSecond()));
    }
}
