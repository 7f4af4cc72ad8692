package io.hubmesh.mesh.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.ticket.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The messages of {@code protocol/messages.json}, which the TypeScript tests run too. */
class MessageVectorsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ContentId CONTENT = new ContentId("ab".repeat(32));
    private static final ResourceId RESOURCE = ResourceId.of("0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77");
    private static final PeerId PEER = new PeerId("AAECAwQFBgcICQoLDA0ODw");
    private static final PeerId OTHER = new PeerId("EBESExQVFhcYGRobHB0eHw");
    private static final ToPeer.Neighbour FIRST =
            new ToPeer.Neighbour(PEER, "AAAAAAAAAAAAAAAAAAAAAA", new Fingerprint("AB" + ":AB".repeat(31)));
    private static final ToPeer.Neighbour SECOND =
            new ToPeer.Neighbour(OTHER, "AAAAAAAAAAAAAAAAAAAAAA", new Fingerprint("CD" + ":CD".repeat(31)));
    private static final String LINK = "ICEiIyQlJicoKSorLC0uLw";

    private static final ToPeer.Turn TURN = new ToPeer.Turn(
            List.of(
                    "turn:turn.example:3478?transport=udp",
                    "turn:turn.example:3478?transport=tcp",
                    "turns:[2001:db8::1]:5349"),
            "1792843200:AAECAwQFBgcICQoLDA0ODw",
            "7a1VNWdKYkrcAQfR/fLCYMlIULg=",
            1_792_843_200L);

    record Vector(String name, String direction, String json, boolean valid) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> toHub() throws IOException {
        return vectors().filter(vector -> vector.direction().equals("to-hub"));
    }

    @ParameterizedTest
    @MethodSource
    void toHub(Vector vector) {
        Throwable refusal = catchThrowable(() -> MessageReader.read(vector.json()));
        if (vector.valid()) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                    .isEqualTo(ProblemCode.MESSAGE_INVALID));
        }
    }

    @Test
    void everyMessageOfTheHubIsWrittenAsItsVectorSays() throws IOException {
        for (Map.Entry<String, ToPeer> sample : samples().entrySet()) {
            JsonNode expected = JSON.readTree(vector(sample.getKey()).json());
            assertThat(JSON.readTree(MessageWriter.write(sample.getValue())))
                    .as(sample.getKey())
                    .isEqualTo(expected);
        }
    }

    @Test
    void duplicateMembersAreRefused() {
        assertThatThrownBy(() -> MessageReader.read("{\"type\":\"ping\",\"type\":\"bye\"}"))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aSignalIsPassedOnAsItIsHoweverItsMembersAreWritten() {
        String rest = " \"content\" :\"" + CONTENT + "\",\"kind\":\"refuse\", \"code\":\"b\\u0075sy\",\"link\":\""
                + LINK + "\"\n}";
        String signal =
                " {\"type\":\"signal\", \"\\u0074o\" : \"\\u0041" + PEER.value().substring(1) + "\" ," + rest;
        FromPeer.Signal read = (FromPeer.Signal) MessageReader.read(signal);
        assertThat(read.to()).isEqualTo(PEER);
        assertThat(MessageWriter.write(new ToPeer.Signal(OTHER, read.passage())))
                .isEqualTo(" {\"type\":\"signal\", \"from\":\"" + OTHER.value() + "\" ," + rest);
    }

    @Test
    void theLargestBitmapFits() {
        String bitmap = "A".repeat(Bounds.CHUNKS / 8 / 3 * 4 + 3);
        String enter = "{\"type\":\"enter\",\"resource\":\"" + UUID.randomUUID() + "\",\"content\":\"" + CONTENT
                + "\",\"have\":\"" + bitmap + "\"}";
        assertThat(enter.length()).isLessThan(Bounds.MESSAGE_BYTES);
        assertThat(MessageReader.read(enter)).isInstanceOfSatisfying(FromPeer.Enter.class, message -> assertThat(
                        message.have().fits(Bounds.CHUNKS))
                .isTrue());
    }

    @Test
    void aBitmapIsReadFromTheHighestBitOn() {
        Bitmap bitmap = new Bitmap(new byte[] {(byte) 0b1010_0000, (byte) 0b0100_0000});
        assertThat(bitmap.toSet().stream()).containsExactly(0, 2, 9);
        assertThat(bitmap.fits(10)).isTrue();
        assertThat(bitmap.fits(16)).isTrue();
        assertThat(bitmap.fits(9)).as("a spare bit is set").isFalse();
        assertThat(bitmap.fits(17)).as("a byte is missing").isFalse();
        assertThat(bitmap.fits(8)).as("a byte too many").isFalse();
    }

    private static Map<String, ToPeer> samples() throws IOException {
        String jws = JSON.readTree(vector("offer").json()).get("ticket").stringValue();
        Map<String, String> key = new LinkedHashMap<>();
        JSON.readTree(vector("welcome").json())
                .get("key")
                .properties()
                .forEach(member -> key.put(member.getKey(), member.getValue().stringValue()));
        Map<String, ToPeer> samples = new LinkedHashMap<>();
        samples.put(
                "welcome",
                new ToPeer.Welcome(
                        PEER,
                        UUID.fromString("0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77"),
                        key,
                        jws,
                        List.of("stun:hub.example:3478", "stun:[2001:db8::1]:3478"),
                        7,
                        jws,
                        null));
        samples.put("welcome with a relay", withTurn((ToPeer.Welcome) samples.get("welcome"), TURN));
        samples.put("turn", TURN);
        samples.put("neighbours", new ToPeer.Neighbours(CONTENT, jws, List.of(FIRST, SECOND), List.of()));
        samples.put("neighbours to part from", new ToPeer.Neighbours(CONTENT, jws, List.of(FIRST), List.of(OTHER)));
        samples.put("no neighbours", new ToPeer.Neighbours(CONTENT, jws, List.of(), List.of()));
        samples.put("keep", new ToPeer.Keep(RESOURCE, CONTENT, "course video.mp4"));
        samples.put("unkeep", new ToPeer.Unkeep(CONTENT));
        samples.put("offer passed on", passedOn("offer passed on"));
        samples.put("refuse passed on", passedOn("refuse passed on"));
        samples.put("leased", new ToPeer.Leased(CONTENT, LINK, List.of(1, 7), null));
        samples.put("nothing leased", new ToPeer.Leased(CONTENT, null, List.of(), 2000L));
        samples.put("permitted", new ToPeer.Permitted(CONTENT));
        samples.put("revoked", new ToPeer.Revoked(jws));
        samples.put("ping of the hub", new ToPeer.Ping());
        samples.put("bye of the hub", new ToPeer.Bye("too-many-requests"));
        samples.put(
                "problem with a content and a link",
                new ToPeer.Problem(ProblemCode.PEER_UNKNOWN, "Gone.", CONTENT, LINK));
        return samples;
    }

    /** What comes of the message that its sender must have written. */
    private static ToPeer passedOn(String name) throws IOException {
        String sent = vector(name).json().replace("\"from\":\"" + OTHER.value(), "\"to\":\"" + PEER.value());
        FromPeer.Signal signal = (FromPeer.Signal) MessageReader.read(sent);
        return new ToPeer.Signal(OTHER, signal.passage());
    }

    private static ToPeer withTurn(ToPeer.Welcome welcome, ToPeer.Turn turn) {
        return new ToPeer.Welcome(
                welcome.peer(),
                welcome.hub(),
                welcome.key(),
                welcome.ticket(),
                welcome.stun(),
                welcome.epoch(),
                welcome.revocations(),
                turn);
    }

    private static Vector vector(String name) throws IOException {
        return vectors()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Vector> vectors() throws IOException {
        try (InputStream file = MessageVectorsTests.class.getResourceAsStream("/protocol/messages.json")) {
            return Stream.of(JSON.readValue(Objects.requireNonNull(file), Vector[].class));
        }
    }
}
