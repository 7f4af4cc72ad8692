package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.signalling.Life.Event;
import io.hubmesh.mesh.wire.FromPeer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each message to its event and, when the table says so, to the conversation. */
final class Dispatch implements FromPeer.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private static final Runnable NOTHING = () -> {};

    private final Connection connection;

    Dispatch(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void hello(FromPeer.Hello message) {
        boolean first = connection.isNew();
        connection.apply(Event.HELLO, () -> {
            if (first) {
                greet(message);
            } else {
                connection.say(new ProblemException(ProblemCode.MESSAGE_INVALID, "Say hello once."), null, null);
            }
        });
    }

    private void greet(FromPeer.Hello message) {
        try {
            connection.welcome(message);
        } catch (ProblemException refused) {
            connection.say(refused, null, null);
            connection.close(refused.code().code());
        } catch (RuntimeException unexpected) {
            LOG.error("A peer could not be welcomed", unexpected);
            connection.close(ProblemCode.UNEXPECTED.code());
        }
    }

    @Override
    public void willing(FromPeer.Willing message) {
        with(Event.WILLING, null, null, talk -> talk.willing(message));
    }

    @Override
    public void volunteer(FromPeer.Volunteer message) {
        with(Event.VOLUNTEER, null, null, talk -> talk.volunteer(message));
    }

    @Override
    public void trialState(FromPeer.TrialState message) {
        with(Event.TRIAL_STATE, null, null, talk -> talk.trialState(message));
    }

    @Override
    public void enter(FromPeer.Enter message) {
        with(Event.ENTER, message.content(), null, talk -> talk.enter(message));
    }

    @Override
    public void leave(FromPeer.Leave message) {
        with(Event.LEAVE, message.content(), null, talk -> talk.leave(message));
    }

    @Override
    public void signal(FromPeer.Signal message) {
        with(Event.SIGNAL, message.content(), message.link(), talk -> talk.signal(message));
    }

    @Override
    public void have(FromPeer.Have message) {
        with(Event.HAVE, message.content(), null, talk -> talk.have(message));
    }

    @Override
    public void lost(FromPeer.Lost message) {
        with(Event.LOST, message.content(), null, talk -> talk.lost(message));
    }

    @Override
    public void lease(FromPeer.Lease message) {
        with(Event.LEASE, message.content(), null, talk -> talk.lease(message));
    }

    @Override
    public void report(FromPeer.Report message) {
        with(Event.REPORT, message.content(), null, talk -> talk.report(message));
    }

    @Override
    public void ping(FromPeer.Ping message) {
        connection.apply(Event.PING, NOTHING);
    }

    @Override
    public void bye(FromPeer.Bye message) {
        connection.apply(Event.BYE, NOTHING);
    }

    @Override
    public void problem(FromPeer.Problem message) {
        LOG.debug("A peer has a problem: {}", message.code());
        connection.apply(Event.PROBLEM, NOTHING);
    }

    private void with(Event event, @Nullable ContentId content, @Nullable String link, Consumer<Conversation> action) {
        connection.apply(event, () -> {
            Conversation open = connection.conversation();
            if (open != null) {
                connection.attempt(content, link, () -> action.accept(open));
            }
        });
    }
}
