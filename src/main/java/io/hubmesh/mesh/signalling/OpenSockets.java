package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.wire.ToPeer;
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

    private final Map<AccountId, Set<Connection>> byAccount = new HashMap<>();
    private final Map<PeerId, Connection> byPeer = new HashMap<>();

    /** @return false when the account has too many */
    synchronized boolean open(Connection connection) {
        Set<Connection> own = byAccount.computeIfAbsent(connection.account(), first -> new HashSet<>(FEW));
        return own.size() < PER_ACCOUNT && own.add(connection);
    }

    synchronized void greeted(PeerId peer, Connection connection) {
        byPeer.put(peer, connection);
    }

    synchronized void forget(PeerId peer) {
        byPeer.remove(peer);
    }

    synchronized void closed(Connection connection) {
        byAccount.computeIfPresent(connection.account(), (account, own) -> {
            own.remove(connection);
            return own.isEmpty() ? null : own;
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
        return byAccount.values().stream().flatMap(Set::stream).toList();
    }

    synchronized List<Connection> of(AccountId account) {
        return List.copyOf(byAccount.getOrDefault(account, Set.of()));
    }

    private synchronized @Nullable Connection connectionOf(PeerId peer) {
        return byPeer.get(peer);
    }
}
