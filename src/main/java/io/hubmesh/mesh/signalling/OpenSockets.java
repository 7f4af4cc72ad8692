package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.wire.ToPeer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every socket that is open on this hub, and which peer is behind it. */
@Component
class OpenSockets {

    /** Sockets of one account: a peer each, and as many that have not said hello yet. */
    static final int PER_ACCOUNT = 16;

    private final Set<Connection> connections = new HashSet<>();
    private final Map<PeerId, Connection> byPeer = new HashMap<>();

    /** @return false when the account has too many */
    synchronized boolean open(Connection connection) {
        if (of(connection.account()).size() >= PER_ACCOUNT) {
            return false;
        }
        return connections.add(connection);
    }

    synchronized void greeted(PeerId peer, Connection connection) {
        byPeer.put(peer, connection);
    }

    synchronized void forget(PeerId peer) {
        byPeer.remove(peer);
    }

    synchronized void closed(Connection connection) {
        connections.remove(connection);
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
        return List.copyOf(connections);
    }

    synchronized List<Connection> of(AccountId account) {
        return connections.stream()
                .filter(connection -> connection.account().equals(account))
                .toList();
    }

    private synchronized @Nullable Connection connectionOf(PeerId peer) {
        return byPeer.get(peer);
    }
}
