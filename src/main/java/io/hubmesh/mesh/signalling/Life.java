package io.hubmesh.mesh.signalling;

import java.util.List;
import java.util.Locale;

/**
 * The life of one socket as a table: status and event give the next status and what is to be done. Pure. The same table
 * stands in {@code src/test/resources/protocol/connection.json}.
 */
final class Life {

    enum Status {
        NEW,
        GREETED,
        CLOSED;

        String word() {
            return Life.word(name());
        }
    }

    /** The messages of a peer, and what else can happen to a socket. */
    enum Event {
        HELLO,
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
        PING,
        PROBLEM,
        BYE,
        /** A message that is none, or out of bounds. */
        INVALID,
        /** More messages than the rate allows. */
        FLOOD,
        /** No sign of life for too long. */
        SILENT,
        /** The hub has a reason of its own. */
        HUB_CLOSES,
        /** The socket is no longer there. */
        GONE;

        String word() {
            return Life.word(name());
        }
    }

    enum Effect {
        WELCOME("welcome"),
        WILLING("willing"),
        VOLUNTEER("volunteer"),
        TRIAL_STATE("trial-state"),
        ENTER("enter"),
        LEAVE("leave"),
        SIGNAL("signal"),
        HAVE("have"),
        LOST("lost"),
        LEASE("lease"),
        REPORT("report"),
        SAY_NOT_JOINED("problem:not-joined"),
        SAY_INVALID("problem:message-invalid"),
        /** One more invalid message; the tenth ends the socket. */
        COUNT("count"),
        /** The peer leaves the mesh. */
        FORGET("forget"),
        BYE("bye"),
        CLOSE("close");

        private final String word;

        Effect(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    record Step(Status next, List<Effect> effects) {
        Step(Status next, Effect... effects) {
            this(next, List.of(effects));
        }
    }

    private Life() {}

    static Step step(Status status, Event event) {
        return switch (status) {
            case NEW -> beforeHello(event);
            case GREETED -> afterHello(event);
            case CLOSED -> new Step(Status.CLOSED);
        };
    }

    private static Step beforeHello(Event event) {
        return switch (event) {
            case HELLO -> new Step(Status.GREETED, Effect.WELCOME);
            case WILLING, VOLUNTEER, TRIAL_STATE, ENTER, LEAVE, SIGNAL, HAVE, LOST, LEASE, REPORT ->
                new Step(Status.NEW, Effect.SAY_NOT_JOINED);
            case PING, PROBLEM -> new Step(Status.NEW);
            case INVALID -> new Step(Status.NEW, Effect.SAY_INVALID, Effect.COUNT);
            case BYE -> new Step(Status.CLOSED, Effect.CLOSE);
            case FLOOD, SILENT, HUB_CLOSES -> new Step(Status.CLOSED, Effect.BYE, Effect.CLOSE);
            case GONE -> new Step(Status.CLOSED);
        };
    }

    private static Step afterHello(Event event) {
        return switch (event) {
            case HELLO, INVALID -> new Step(Status.GREETED, Effect.SAY_INVALID, Effect.COUNT);
            case WILLING -> new Step(Status.GREETED, Effect.WILLING);
            case VOLUNTEER -> new Step(Status.GREETED, Effect.VOLUNTEER);
            case TRIAL_STATE -> new Step(Status.GREETED, Effect.TRIAL_STATE);
            case ENTER -> new Step(Status.GREETED, Effect.ENTER);
            case LEAVE -> new Step(Status.GREETED, Effect.LEAVE);
            case SIGNAL -> new Step(Status.GREETED, Effect.SIGNAL);
            case HAVE -> new Step(Status.GREETED, Effect.HAVE);
            case LOST -> new Step(Status.GREETED, Effect.LOST);
            case LEASE -> new Step(Status.GREETED, Effect.LEASE);
            case REPORT -> new Step(Status.GREETED, Effect.REPORT);
            case PING, PROBLEM -> new Step(Status.GREETED);
            case BYE -> new Step(Status.CLOSED, Effect.FORGET, Effect.CLOSE);
            case FLOOD, SILENT, HUB_CLOSES -> new Step(Status.CLOSED, Effect.FORGET, Effect.BYE, Effect.CLOSE);
            case GONE -> new Step(Status.CLOSED, Effect.FORGET);
        };
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
