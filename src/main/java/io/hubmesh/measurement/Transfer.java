package io.hubmesh.measurement;

import io.hubmesh.delivery.events.HubSent;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.TransferReported;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One download as it stands. With the models {@code PEERS} and {@code AUTOMATIC} the byte counts are what the receiver
 * claims; with {@code HUB} they are what the hub handed over.
 *
 * @param held bytes that the receiver had before, as it claims; they were counted when they came
 * @param relayed the part of {@code fromPeers} that came over a TURN relay, as the receiver claims
 * @param startedAt as the receiver says
 * @param updatedAt when the hub last heard of it
 * @param firstByte from the start to the first verified bytes, as the receiver says; null while there are none
 * @param duration null while it is not over
 * @param discrepancy what does not add up, in a sentence; null when all does
 */
record Transfer(
        Key key,
        Model model,
        ResourceId resource,
        ContentId content,
        String name,
        long size,
        long held,
        long fromHub,
        long fromPeers,
        long relayed,
        long wasted,
        State state,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Duration firstByte,
        @Nullable Duration duration,
        @Nullable String discrepancy) {

    /** The receiver makes the second part, so only both together are unique. */
    record Key(AccountId account, String transfer) {

        static Key of(TransferReported report) {
            return new Key(report.account(), report.transfer());
        }

        /** The same key gives the same row. */
        UUID row() {
            return UUID.nameUUIDFromBytes((account + ":" + transfer).getBytes(StandardCharsets.UTF_8));
        }
    }

    enum Model {
        HUB,
        PEERS,
        AUTOMATIC
    }

    enum State {
        RUNNING,
        PAUSED,
        COMPLETED,
        CANCELLED,
        FAILED,
        /** Its peer fell silent. */
        LOST;

        boolean isOver() {
            return this != RUNNING && this != PAUSED;
        }

        /** Only what is complete is over for good: the receiver keeps what it has of the others and may fetch the rest. */
        boolean mayGoOn() {
            return this != COMPLETED;
        }
    }

    /** A whole file that the hub has sent in one answer; such a download has no name of its own but the one it is given. */
    static Transfer fromTheHub(HubSent sent, String key, String name, Instant now) {
        return new Transfer(
                new Key(sent.account(), key),
                Model.HUB,
                sent.resource(),
                sent.content(),
                name,
                sent.bytes(),
                0,
                sent.bytes(),
                0,
                0,
                0,
                State.COMPLETED,
                sent.startedAt(),
                now,
                null,
                Duration.between(sent.startedAt(), now),
                null);
    }

    /** One whose receiver has told of it for the first time; what it has by now is counted next. */
    static Transfer begun(TransferReported report, String name, Instant now) {
        return new Transfer(
                Key.of(report),
                Model.valueOf(report.model().name()),
                report.resource(),
                report.content(),
                name,
                report.size(),
                report.held(),
                0,
                0,
                0,
                0,
                State.RUNNING,
                report.startedAt(),
                now,
                null,
                null,
                null);
    }

    /** The same after a report. What cannot be so is not taken over, and marked; the most waste that was ever told stays. */
    Transfer heard(TransferReported report, Instant now) {
        String refusal = Claims.refusal(this, report);
        State next = State.valueOf(report.state().name());
        return refusal == null ? counting(report, next, now) : doubting(refusal).in(next, now);
    }

    boolean addsUp() {
        return held + fromHub + fromPeers == size;
    }

    /** Complete, and neither its own counts nor the hub's speak against what it claims. */
    boolean isBeyondDoubt() {
        return state == State.COMPLETED && addsUp() && discrepancy == null;
    }

    /** The same with the counts of a report. The first byte that was told first stays, for a transfer taken up again has an earlier one. */
    private Transfer counting(TransferReported report, State next, Instant now) {
        return new Transfer(
                key,
                model,
                resource,
                content,
                name,
                size,
                report.held(),
                report.fromHub(),
                report.fromPeers(),
                report.relayed(),
                Math.max(wasted, report.wasted()),
                next,
                startedAt,
                now,
                firstByte == null ? report.firstByte() : firstByte,
                durationIn(next, now),
                discrepancy);
    }

    /** The same in another state, heard of at this time. */
    Transfer in(State next, Instant now) {
        return new Transfer(
                key,
                model,
                resource,
                content,
                name,
                size,
                held,
                fromHub,
                fromPeers,
                relayed,
                wasted,
                next,
                startedAt,
                now,
                firstByte,
                durationIn(next, now),
                discrepancy);
    }

    private @Nullable Duration durationIn(State next, Instant now) {
        return next.isOver() ? Duration.between(startedAt, now) : null;
    }

    /** The same with something that does not add up. What was found first stays. */
    Transfer doubting(@Nullable String what) {
        return discrepancy != null || what == null
                ? this
                : new Transfer(
                        key, model, resource, content, name, size, held, fromHub, fromPeers, relayed, wasted, state,
                        startedAt, updatedAt, firstByte, duration, what);
    }
}
