package io.hubmesh.mesh.signalling;

import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.swarm.Rewiring;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells peers whom to connect to and whom to part from when the graphs of their swarms have changed. */
@Component
class Introductions {

    private static final Logger LOG = LoggerFactory.getLogger(Introductions.class);

    private final Registry registry;
    private final OpenSockets sockets;

    /** Keeps what one peer is told in the order in which it came about. */
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Introductions(Registry registry, OpenSockets sockets) {
        this.registry = registry;
        this.sockets = sockets;
    }

    /** To be called after anything that may have changed a graph. */
    void spread() {
        oneAtATime.lock();
        try {
            registry.rewirings().forEach(this::tell);
        } finally {
            oneAtATime.unlock();
        }
    }

    private void tell(Rewiring news) {
        try {
            sockets.conversationOf(news.peer()).ifPresent(conversation -> conversation.rewired(news));
        } catch (RuntimeException failed) {
            LOG.error("A peer could not be told its neighbours", failed);
        }
    }
}
