package io.hubmesh.mesh.turn;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.mesh.settings.MeshSettings;
import io.hubmesh.mesh.settings.SettingsBook;
import io.hubmesh.mesh.ticket.Tickets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives peers their leave to use the TURN servers that administrators have entered. */
@Component
public class TurnDesk {

    private final SettingsBook settings;
    private final Tickets tickets;
    private final Clock clock;

    TurnDesk(SettingsBook settings, Tickets tickets, Clock clock) {
        this.settings = settings;
        this.tickets = tickets;
        this.clock = clock;
    }

    /** A fresh pass; empty where there is no TURN server. */
    public Optional<TurnPass> issue(AccountId account) {
        MeshSettings now = settings.now();
        if (now.turn().isEmpty()) {
            return Optional.empty();
        }
        return settings.turnSecret().map(secret -> issue(account, now, secret));
    }

    /** Whether a peer that was told {@code last}, or nothing, is to be told anew. */
    public boolean isDue(@Nullable TurnPass last) {
        MeshSettings now = settings.now();
        return !now.turn().isEmpty()
                && (last == null
                        || last.version() != now.version()
                        || !clock.instant().isBefore(last.renewAt()));
    }

    private TurnPass issue(AccountId account, MeshSettings now, String secret) {
        Instant issuedAt = clock.instant();
        Instant expiresAt = issuedAt.plus(now.credentialLife());
        TurnCredential minted = TurnCredential.mint(secret, tickets.member(account), expiresAt);
        return new TurnPass(
                now.version(),
                now.turn(),
                minted.username(),
                minted.credential(),
                expiresAt,
                issuedAt.plus(now.credentialLife().dividedBy(2)));
    }
}
