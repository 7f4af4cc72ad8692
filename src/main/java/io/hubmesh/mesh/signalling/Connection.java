package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.signalling.Life.Effect;
import io.hubmesh.mesh.signalling.Life.Event;
import io.hubmesh.mesh.signalling.Life.Status;
import io.hubmesh.mesh.swarm.Limits;
import io.hubmesh.mesh.swarm.Network;
import io.hubmesh.mesh.wire.FromPeer;
import io.hubmesh.mesh.wire.MessageReader;
import io.hubmesh.mesh.wire.ToPeer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One socket: applies {@link Life} to what comes in. Messages come one after the other; an end may come at any time. */
public final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** The tenth message that is none ends the socket. */
    private static final int MOST_INVALID = 10;

    private final AccountId account;
    private final Network network;
    private final Optional<String> host;
    private final BooleanSupplier stillWelcome;
    private final Line line;
    private final MeshSide mesh;
    private final MessageRate rate;
    private final FromPeer.Listener dispatch = new Dispatch(this);
    private Status status = Status.NEW;
    private @Nullable Conversation conversation;
    private int invalid;
    private volatile Instant heardAt;

    Connection(
            AccountId account,
            Network network,
            Optional<String> host,
            BooleanSupplier stillWelcome,
            Line line,
            MeshSide mesh) {
        this.account = account;
        this.network = network;
        this.host = host;
        this.stillWelcome = stillWelcome;
        this.line = line;
        this.mesh = mesh;
        this.rate = MessageRate.ofMessages(mesh.clock());
        this.heardAt = mesh.clock().instant();
    }

    AccountId account() {
        return account;
    }

    /** A text message has arrived, no longer than a message may be. */
    public void received(String text) {
        heardAt = mesh.clock().instant();
        Conversation open = conversation();
        if (open != null) {
            mesh.registry().heard(open.peer());
        }
        if (!rate.allows() || !mesh.sockets().allows(account)) {
            end(Event.FLOOD, ProblemCode.TOO_MANY_REQUESTS.code());
        } else {
            hear(text);
        }
    }

    /**
     * Something has come that is no message and that has to be dealt with all the same. It counts against the rate, and is no sign of life.
     *
     * @return false when it was one too many, and the socket ends
     */
    public boolean disturbed() {
        boolean allowed = rate.allows();
        if (!allowed) {
            end(Event.FLOOD, ProblemCode.TOO_MANY_REQUESTS.code());
        }
        return allowed;
    }

    /** The socket is no longer there. */
    public void gone() {
        end(Event.GONE, "gone");
        mesh.sockets().closed(this);
    }

    /** The hub ends it; {@code code} tells the peer why. */
    void close(String code) {
        end(Event.HUB_CLOSES, code);
    }

    /** Ends it when nothing has been heard of it for {@link Limits#SILENCE}. */
    void closeIfSilent() {
        if (!heardAt.plus(Limits.SILENCE).isAfter(mesh.clock().instant())) {
            end(Event.SILENT, "silent");
        }
    }

    /** Ends it when the session or token that it was opened with has ended. */
    void closeIfUnwelcome() {
        if (!stillWelcome.getAsBoolean()) {
            close(ProblemCode.SIGN_IN_REQUIRED.code());
        }
    }

    /** Asks a peer for a sign of life; whoever has not said hello yet owes one anyway. */
    void ping() {
        if (conversation() != null) {
            line.send(new ToPeer.Ping());
        }
    }

    /** Gives a peer that has said hello another leave to use the TURN servers when it is time. */
    void renewTurn() {
        Conversation open = conversation();
        if (open != null) {
            open.renewTurn();
        }
    }

    /** Something that the peer has not asked for. */
    void push(ToPeer message) {
        line.send(message);
    }

    private void hear(String text) {
        try {
            FromPeer message = MessageReader.read(text);
            message.tell(dispatch);
        } catch (ProblemException notAMessage) {
            apply(Event.INVALID, () -> say(notAMessage, null, null));
        }
    }

    void apply(Event event, Runnable action) {
        for (Effect effect : step(event)) {
            switch (effect) {
                case WELCOME,
                        WILLING,
                        VOLUNTEER,
                        TRIAL_STATE,
                        ENTER,
                        LEAVE,
                        SIGNAL,
                        HAVE,
                        LOST,
                        LEASE,
                        REPORT,
                        SAY_INVALID -> action.run();
                case SAY_NOT_JOINED -> say(new ProblemException(ProblemCode.NOT_JOINED), null, null);
                case COUNT -> countInvalid();
                case FORGET -> forget();
                case CLOSE -> line.close(false, "bye");
                case BYE -> throw new IllegalStateException("no message is answered with bye");
            }
        }
    }

    private void end(Event event, String code) {
        for (Effect effect : step(event)) {
            switch (effect) {
                case FORGET -> forget();
                case BYE -> line.send(new ToPeer.Bye(code));
                case CLOSE -> line.close(true, code);
                default -> throw new IllegalStateException("an end has no effect " + effect);
            }
        }
    }

    private synchronized List<Effect> step(Event event) {
        Life.Step step = Life.step(status, event);
        status = step.next();
        return step.effects();
    }

    void welcome(FromPeer.Hello hello) {
        Conversation begun = Conversation.begin(account, network, hello, line, mesh, this);
        boolean stillThere;
        synchronized (this) {
            stillThere = status != Status.CLOSED;
            conversation = stillThere ? begun : null;
        }
        if (stillThere) {
            begun.welcome(host);
        } else {
            begun.end();
        }
    }

    synchronized @Nullable Conversation conversation() {
        return conversation;
    }

    synchronized boolean isNew() {
        return status == Status.NEW;
    }

    private void forget() {
        Conversation ended;
        synchronized (this) {
            ended = conversation;
            conversation = null;
        }
        if (ended != null) {
            ended.end();
        }
    }

    private void countInvalid() {
        invalid++;
        if (invalid >= MOST_INVALID) {
            end(Event.HUB_CLOSES, ProblemCode.MESSAGE_INVALID.code());
        }
    }

    void say(ProblemException problem, @Nullable ContentId content, @Nullable String link) {
        line.send(new ToPeer.Problem(problem.code(), problem.detail(), content, link));
    }

    /** Does it, and tells the peer when it cannot be done. */
    void attempt(@Nullable ContentId content, @Nullable String link, Runnable action) {
        try {
            action.run();
        } catch (ProblemException refused) {
            say(refused, content, link);
        } catch (RuntimeException unexpected) {
            LOG.error("A message of a peer could not be handled", unexpected);
            say(new ProblemException(ProblemCode.UNEXPECTED, unexpected), content, link);
        }
    }
}
