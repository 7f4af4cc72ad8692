package io.hubmesh.measurement.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.measurement.Overview;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One client's stream of overviews. One thread at a time works on it. */
final class OverviewStream {

    /** A comment this often lets the hub notice clients that are gone. In seconds. */
    static final int HEARTBEAT_SECONDS = 15;

    /** Peers, names and permissions change without the ledger; they are looked at this often. In seconds. */
    static final int LOOKED_EVERY_SECONDS = 5;

    private final Subject subject;
    private final BooleanSupplier welcome;
    private final SseEmitter emitter;
    private final Lock connection;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean over;
    private int sinceSent;
    private int sinceLooked;
    private long version = -1;
    private @Nullable Overview last;

    /** @param connection held while anything is sent, as {@link io.hubmesh.web.HubConnection} tells */
    OverviewStream(Subject subject, BooleanSupplier welcome, SseEmitter emitter, Lock connection) {
        this.subject = subject;
        this.welcome = welcome;
        this.emitter = emitter;
        this.connection = connection;
    }

    Subject subject() {
        return subject;
    }

    /**
     * Takes the stream for one turn; false when the last turn still goes on, because the client is slow. One that reads
     * nothing at all ends when the connector's time for a write is over.
     */
    boolean take() {
        return busy.compareAndSet(false, true);
    }

    /** Whether there is nobody left to send to. */
    boolean isOver() {
        return over;
    }

    /** One second's work, to be done after {@link #take}. */
    void turn(Beat beat) {
        try {
            sinceSent++;
            sinceLooked++;
            look(beat);
        } catch (IOException gone) {
            over = true; // the container ends the request
        } catch (RuntimeException failure) {
            end(); // the browser asks again, and is told what is wrong
        } finally {
            busy.set(false);
        }
    }

    void end() {
        over = true;
        emitter.complete();
    }

    private void look(Beat beat) throws IOException {
        boolean heartbeat = sinceSent >= HEARTBEAT_SECONDS;
        long current = beat.version();
        boolean worthALook = last == null || current != version || sinceLooked >= LOOKED_EVERY_SECONDS;
        if (!worthALook && !heartbeat) {
            return;
        }
        if (!welcome.getAsBoolean()) {
            end();
            return;
        }
        version = current;
        sinceLooked = 0;
        Beat.Told next = beat.of(subject);
        if (last == null || !last.saysTheSame(next.overview())) {
            last = next.overview();
            send(SseEmitter.event().name("overview").data(next.json(), MediaType.APPLICATION_JSON));
        } else if (heartbeat) {
            send(SseEmitter.event().comment("still here"));
        }
    }

    private void send(SseEmitter.SseEventBuilder event) throws IOException {
        connection.lock();
        try {
            emitter.send(event);
        } finally {
            connection.unlock();
        }
        sinceSent = 0;
    }
}
