package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.wire.ToPeer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every socket that is open on this hub, and which peer is behind it. Safe for threads. */
@Component
class OpenSockets {

    /** Sockets of one account: a peer each, and as many that have not said hello yet. */
    static final int PER_ACCOUNT = 16;

    /** Places in a set that is made for every account: most have few sockets. */
    private static final int FEW = 2;

    private static final class Own {
        final List<Connection> connections = new ArrayList<>(FEW);
        final MessageRate rate;

        Own(Clock clock) {
            this.rate = MessageRate.ofAccount(clock);
        }

        synchronized boolean add(Connection connection) {
            return connections.size() < PER_ACCOUNT && connections.add(connection);
        }

        synchronized boolean isLeftBy(Connection connection) {
            connections.remove(connection);
            return connections.isEmpty();
        }

        synchronized List<Connection> all() {
            return List.copyOf(connections);
        }

        synchronized boolean allows() {
            return rate.allows();
        }
    }

    private final Clock clock;
    private final Map<AccountId, Own> byAccount = new ConcurrentHashMap<>();
    private final Map<PeerId, Connection> byPeer = new ConcurrentHashMap<>();

    OpenSockets(Clock clock) {
        this.clock = clock;
    }

    /** @return false when the account has too many */
    boolean open(Connection connection) {
        AtomicBoolean added = new AtomicBoolean();
        byAccount.compute(connection.account(), (account, known) -> {
            Own own = known == null ? new Own(clock) : known;
            added.set(own.add(connection));
            return own;
        });
        return added.get();
    }

    /** Whether the account may send one more message, over whichever of its sockets. */
    boolean allows(AccountId account) {
        Own own = byAccount.get(account);
        return own == null || own.allows();
    }

    void greeted(PeerId peer, Connection connection) {
        byPeer.put(peer, connection);
    }

    void forget(PeerId peer) {
        byPeer.remove(peer);
    }

    void closed(Connection connection) {
        byAccount.computeIfPresent(connection.account(), (account, own) -> own.isLeftBy(connection) ? null : own);
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

    List<Connection> all() {
        return byAccount.values().stream().flatMap(own -> own.all().stream()).toList();
    }

    List<Connection> of(AccountId account) {
        Own own = byAccount.get(account);
        return own == null ? List.of() : own.all();
    }

    private @Nullable Connection connectionOf(PeerId peer) {
        return byPeer.get(peer);
    }
}
