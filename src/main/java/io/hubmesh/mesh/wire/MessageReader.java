package io.hubmesh.mesh.wire;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.Ids;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.TrialTold;
import io.hubmesh.mesh.swarm.RefusalCode;
import io.hubmesh.mesh.ticket.Fingerprint;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads what a peer sent. Trusts nothing: unknown types, unknown members and anything out of bounds are refused. */
public final class MessageReader {

    private static final long PROTOCOL_VERSION = 1;

    private static final int CODE_LETTERS = 40;

    private static final Predicate<String> FINGERPRINT =
            Pattern.compile("[0-9A-F]{2}(?::[0-9A-F]{2}){31}").asMatchPredicate();
    private static final Predicate<String> CODE = MessageReader::isCode;
    private static final Predicate<String> UUID = Ids::isUuid;
    private static final Predicate<String> CONTENT = ContentId::isOne;
    private static final Predicate<String> RANDOM_NAME = Ids::isRandomName;

    private static final Map<String, Function<Members, FromPeer>> TYPES = Map.ofEntries(
            Map.entry("hello", MessageReader::hello),
            Map.entry("enter", MessageReader::enter),
            Map.entry("willing", members -> new FromPeer.Willing(members.whole("bytes", Bounds.WHOLE_NUMBER))),
            Map.entry("volunteer", members -> new FromPeer.Volunteer(members.whole("bytes", Bounds.WHOLE_NUMBER))),
            Map.entry("trial-state", MessageReader::trialState),
            Map.entry("leave", members -> new FromPeer.Leave(content(members))),
            Map.entry("signal", MessageReader::signal),
            Map.entry(
                    "have",
                    members -> new FromPeer.Have(content(members), members.indexes("chunks", Bounds.HAVE_CHUNKS))),
            Map.entry("lease", MessageReader::lease),
            Map.entry("lost", MessageReader::lost),
            Map.entry("report", MessageReader::report),
            Map.entry("ping", members -> new FromPeer.Ping()),
            Map.entry("bye", members -> new FromPeer.Bye(members.optionalText("code", CODE))),
            Map.entry("problem", MessageReader::problem));

    private MessageReader() {}

    /**
     * Reads one message.
     *
     * @throws ProblemException message-invalid when it is not exactly one of those in {@link FromPeer}
     */
    public static FromPeer read(String text) {
        Members members = new Members(text);
        Function<Members, FromPeer> reader = TYPES.get(members.text("type", CODE));
        if (reader == null) {
            throw Members.invalid("The hub does not know messages of that type.");
        }
        FromPeer message = reader.apply(members);
        members.end();
        return message;
    }

    private static FromPeer hello(Members members) {
        if (members.whole("protocol", PROTOCOL_VERSION) != PROTOCOL_VERSION) {
            throw Members.invalid("The hub speaks version 1 of the protocol.");
        }
        return new FromPeer.Hello(
                new Fingerprint(members.text("fingerprint", FINGERPRINT)), members.optionalText("trial", RANDOM_NAME));
    }

    private static FromPeer trialState(Members members) {
        return new FromPeer.TrialState(
                members.text("trial", RANDOM_NAME),
                members.choice("state", TrialTold.State.class),
                members.whole("upload", Bounds.WHOLE_NUMBER),
                members.whole("download", Bounds.WHOLE_NUMBER),
                members.whole("fromHub", Bounds.WHOLE_NUMBER),
                members.whole("fromPeers", Bounds.WHOLE_NUMBER),
                members.optionalText("code", CODE));
    }

    private static FromPeer enter(Members members) {
        return new FromPeer.Enter(resource(members), content(members), members.bitmap("have"));
    }

    private static FromPeer signal(Members members) {
        PeerId to = new PeerId(members.text("to", RANDOM_NAME));
        ContentId content = content(members);
        String link = members.text("link", RANDOM_NAME);
        return new FromPeer.Signal(to, content, link, body(members), members.passage());
    }

    private static SignalBody body(Members members) {
        SignalKind kind = members.choice("kind", SignalKind.class);
        if (kind == SignalKind.REFUSE) {
            return new SignalBody.Refusal(members.text("code", CODE));
        }
        return new SignalBody.Description(
                members.text("sdp", Bounds.SDP_CHARACTERS), members.text("ticket", Bounds.TICKET_CHARACTERS));
    }

    private static FromPeer lease(Members members) {
        ContentId content = content(members);
        TransferReported.Model model = members.choice("model", TransferReported.Model.class);
        Bitmap wanted = members.bitmap("wanted");
        int room = (int) members.whole("room", Bounds.LEASE_ROOM);
        if (room == 0) {
            throw Members.invalid("A lease is asked for with room for a chunk at least.");
        }
        return new FromPeer.Lease(content, model, wanted, room);
    }

    private static FromPeer lost(Members members) {
        ContentId content = content(members);
        PeerId peer = new PeerId(members.text("peer", RANDOM_NAME));
        RefusalCode code = members.choice("code", RefusalCode.class);
        if (!code.isTold()) {
            throw Members.invalid("Links that end so are not told.");
        }
        return new FromPeer.Lost(content, peer, code);
    }

    private static FromPeer report(Members members) {
        return new FromPeer.Report(
                content(members),
                resource(members),
                members.text("transfer", RANDOM_NAME),
                members.choice("model", TransferReported.Model.class),
                members.choice("state", TransferReported.State.class),
                members.whole("size", Bounds.WHOLE_NUMBER),
                members.whole("held", Bounds.WHOLE_NUMBER),
                members.whole("fromHub", Bounds.WHOLE_NUMBER),
                members.whole("fromPeers", Bounds.WHOLE_NUMBER),
                members.whole("relayed", Bounds.WHOLE_NUMBER),
                members.whole("wasted", Bounds.WHOLE_NUMBER),
                members.whole("startedMillisAgo", Bounds.WHOLE_NUMBER),
                members.optionalWhole("firstByteMillis", Bounds.WHOLE_NUMBER),
                members.whole("served", Bounds.WHOLE_NUMBER));
    }

    private static FromPeer problem(Members members) {
        members.optionalText("content", CONTENT);
        members.optionalText("link", RANDOM_NAME);
        return new FromPeer.Problem(members.text("code", CODE), members.text("detail", Bounds.DETAIL_CHARACTERS));
    }

    private static ContentId content(Members members) {
        return new ContentId(members.text("content", CONTENT));
    }

    private static ResourceId resource(Members members) {
        return ResourceId.of(members.text("resource", UUID));
    }

    /** Small letters, digits and hyphens, a letter first. */
    private static boolean isCode(String text) {
        if (text.isEmpty() || text.length() > CODE_LETTERS || !isSmall(text.charAt(0))) {
            return false;
        }
        for (int at = 1; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (!isSmall(letter) && (letter < '0' || letter > '9') && letter != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSmall(char letter) {
        return letter >= 'a' && letter <= 'z';
    }

    private enum SignalKind {
        OFFER,
        ANSWER,
        REFUSE
    }
}
