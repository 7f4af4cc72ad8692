package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.wire.ToPeer;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every socket that is open on this hub, and which peer is behind it. */
@Component
class OpenSockets {

    /** Sockets of one account: a peer each, and as many that have not said hello yet. */
    static final int PER_ACCOUNT = 16;

    /** Places in a set that is made for every account: most have few sockets. */
    private static final int FEW = 2;

    private record Own(Set<Connection> connections, MessageRate rate) {}

    private final Clock clock;
    private final Map<AccountId, Own> byAccount = new HashMap<>();
    private final Map<PeerId, Connection> byPeer = new HashMap<>();

    OpenSockets(Clock clock) {
        this.clock = clock;
    }

    /** @return false when the account has too many */
    synchronized boolean open(Connection connection) {
        Own own = byAccount.computeIfAbsent(
                connection.account(), first -> new Own(new HashSet<>(FEW), MessageRate.ofAccount(clock)));
        return own.connections().size() < PER_ACCOUNT && own.connections().add(connection);
    }

    /** Whether the account may send one more message, over whichever of its sockets. */
    synchronized boolean allows(AccountId account) {
        Own own = byAccount.get(account);
        return own == null || own.rate().allows();
    }

    synchronized void greeted(PeerId peer, Connection connection) {
        byPeer.put(peer, connection);
    }

    synchronized void forget(PeerId peer) {
        byPeer.remove(peer);
    }

    synchronized void closed(Connection connection) {
        byAccount.computeIfPresent(connection.account(), (account, own) -> {
            own.connections().remove(connection);
            return own.connections().isEmpty() ? null : own;
        });
    }

    /** @return false when that peer has no socket here */
    boolean send(PeerId peer, ToPeer message) {
        Connection connection = connectionOf(peer);
        if (connection == null) {
            return false;
        }
        connection.push(message);
        return true;
    }

    /** What a peer that has a socket here may do. */
    Optional<Conversation> conversationOf(PeerId peer) {
        Connection connection = connectionOf(peer);
        return connection == null ? Optional.empty() : Optional.ofNullable(connection.conversation());
    }

    /** @return false when that peer has no socket here */
    boolean close(PeerId peer, String code) {
        Connection connection = connectionOf(peer);
        if (connection == null) {
            return false;
        }
        connection.close(code);
        return true;
    }

    synchronized List<Connection> all() {
        return byAccount.values().stream()
                .flatMap(own -> own.connections().stream())
                .toList();
    }

    synchronized List<Connection> of(AccountId account) {
        Own own = byAccount.get(account);
        return own == null ? List.of() : List.copyOf(own.connections());
    }

    private synchronized @Nullable Connection connectionOf(PeerId peer) {
        return byPeer.get(peer);
    }
}
