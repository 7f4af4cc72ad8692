package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.Fuzz;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.admission.HubKeys;
import io.hubmesh.mesh.ticket.Fingerprint;
import io.hubmesh.mesh.ticket.HubIdentity;
import io.hubmesh.mesh.ticket.SigningKey;
import io.hubmesh.mesh.ticket.Ticket;
import io.hubmesh.mesh.ticket.Tickets;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Members and strangers who do what they must not, over real sockets. */
class HostileSocketAttackTests extends MeshStories {

    private final HubIdentity identity;

    HostileSocketAttackTests(MeshWorld world, HubKeys keys) {
        super(world);
        this.identity = keys.identity();
    }

    @BeforeEach
    void timeStandsStill() {
        world.clock().stop();
    }

    @Test
    void noTicketButTheSendersOwnGoesThrough() throws Exception {
        TestPeer victim = entered(anna, "AA");
        TestPeer attacker = joined(ben, "BB");
        String membership = attacker.ticket();
        attacker.enter(file, manifest.contentId(), CHUNKS);
        String own = attacker.await("neighbours").get("ticket").stringValue();
        ContentId other =
                stored(world, "other".getBytes(StandardCharsets.UTF_8)).contentId();
        Tickets hub = tickets(identity);
        Tickets foreign = tickets(new HubIdentity(identity.hub(), identity.secret(), SigningKey.generate()));
        Ticket right = ticket(attacker, attacker.fingerprint(), manifest.contentId());
        Map<String, String> wrong = Map.of(
                "replayed from somebody else", hub.issue(ticket(victim, victim.fingerprint(), manifest.contentId())),
                "of another hub's key", foreign.issue(right),
                "re-bound to another certificate", hub.issue(ticket(attacker, victim.fingerprint(), right.content())),
                "of another content", hub.issue(ticket(attacker, attacker.fingerprint(), other)),
                "of the membership", membership);
        wrong.forEach((how, ticket) -> {
            attacker.offer(victim.id(), manifest.contentId(), LINK, attacker.fingerprint(), ticket);
            assertThat(attacker.problem()).as(how).isEqualTo("ticket-invalid");
        });
        pass(Tickets.LIFE, victim, attacker);
        attacker.offer(victim.id(), manifest.contentId(), LINK, attacker.fingerprint(), own);
        attacker.awaitProblem("ticket-invalid");
        victim.settle();
    }

    @Test
    void halfACharacterBreaksNobodysSocket() throws Exception {
        TestPeer victim = entered(anna, "AA");
        TestPeer attacker = joined(ben, "BB");
        attacker.enter(file, manifest.contentId(), CHUNKS);
        String ticket = attacker.await("neighbours").get("ticket").stringValue();
        String sdp = "a=fingerprint:sha-256 " + attacker.fingerprint() + "\\r\\na=\\ud800";
        attacker.say("{\"type\":\"signal\",\"to\":\"" + victim.id() + "\",\"content\":\"" + manifest.contentId()
                + "\",\"link\":\"" + LINK + "\",\"kind\":\"offer\",\"sdp\":\"" + sdp + "\",\"ticket\":\"" + ticket
                + "\"}");
        attacker.awaitProblem("message-invalid");
        attacker.settle();
        victim.settle();
    }

    @Test
    void aFloodEndsOneSocketAndHoldsUpNoOther() throws Exception {
        TestPeer bystander = entered(anna, "AA");
        TestPeer flooding = joined(ben, "BB");
        for (int count = 0; count < 2_000 && isThere(ben); count++) {
            try {
                flooding.say("{\"type\":\"problem\",\"code\":\"x\",\"detail\":\"x\"}");
            } catch (CompletionException closed) {
                break; // the hub has ended it while this was on its way
            }
        }
        assertThat(flooding.await("bye").get("code").stringValue()).isEqualTo("too-many-requests");
        bystander.settle();
        assertThat(isThere(anna)).isTrue();
    }

    /** The same words for what is not there and for what one may not see: neither says that there is something, or who. */
    @Test
    void whoMayNotLearnsNothing() throws Exception {
        TestPeer holder = joined(anna, "AA");
        holder.enter(file, manifest.contentId(), CHUNKS, 0, 1);
        holder.await("neighbours");
        Member nobody = member(world, "nobody");
        TestPeer stranger = joined(nobody, "CC");
        List<List<String>> answers = new ArrayList<>();
        ContentId absent = new ContentId("ef".repeat(32));
        for (Object[] target : new Object[][] {
            {file, manifest.contentId(), holder.id()},
            {ResourceId.of("0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77"), absent, "AAAAAAAAAAAAAAAAAAAAAA"}
        }) {
            answers.add(ask(stranger, (ResourceId) target[0], (ContentId) target[1], (String) target[2]));
        }
        assertThat(answers.get(0)).isEqualTo(answers.get(1)).noneMatch(answer -> answer.contains(holder.id()));
        byte[] both = get(nobody, "/api/v1/mesh/holders?content=" + manifest.contentId() + "&content=" + absent)
                .body();
        assertThat(new String(both, StandardCharsets.UTF_8)).isEqualTo("{}");
        holder.settle();
    }

    @Test
    void somebodyElsesLeaseIsNoLease() throws Exception {
        TestPeer peer = entered(anna, "AA");
        peer.lease(manifest.contentId(), CHUNKS, 0);
        String lease = peer.await("leased").get("lease").stringValue();
        byte[] foreign = get(ben, "/api/v1/mesh/leases/" + lease + "/chunks/0").body();
        byte[] absent =
                get(ben, "/api/v1/mesh/leases/AAAAAAAAAAAAAAAAAAAAAA/chunks/0").body();
        assertThat(withoutPath(foreign)).isEqualTo(withoutPath(absent));
        Fuzz.tries(100, fuzz -> {
            String path = fuzz.one(List.of(lease, "x", "..", "%2e%2e", "%00", "A".repeat(2_000)))
                    + "/chunks/"
                    + fuzz.one(List.of("-1", "4", "2147483648", "1e9", "0.0", "%30x", "٣", "9".repeat(500)));
            assertThat(status(path)).as(path).isBetween(400, 499);
        });
    }

    @Test
    void nothingThatAPeerSaysIsAnErrorOfTheHub() throws Exception {
        List<String> samples = messages();
        for (int round = 0; round < 12; round++) {
            int first = round * 1_000;
            TestPeer peer = entered(anna, "AA");
            Fuzz.tries(6, fuzz -> {
                String text = fuzz.mutant(samples.get((first + fuzz.below(1_000)) % samples.size()));
                if (Fuzz.isWellFormed(text)) { // others cannot be sent
                    peer.say(text);
                }
            });
            peer.say(TestPeer.message("bye"));
            assertThat(peer.awaitClose()).isIn(1000, 1008);
            assertThat(peer.unread())
                    .filteredOn(message -> message.has("code"))
                    .noneMatch(message -> message.get("code").stringValue().equals("unexpected"));
        }
    }

    private List<String> messages() throws Exception {
        String mine = manifest.contentId().hex();
        try (var vectors = HostileSocketAttackTests.class.getResourceAsStream("/protocol/messages.json")) {
            return JSON.readTree(vectors)
                    .valueStream()
                    .filter(vector -> vector.get("direction").stringValue().equals("to-hub"))
                    .map(vector -> vector.get("json").stringValue())
                    .map(json -> json.replace("ab".repeat(32), mine))
                    .map(json -> json.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", file.toString()))
                    .toList();
        }
    }

    /** Everything that can be asked about a content and somebody in its swarm; the answers without what was asked about. */
    private List<String> ask(TestPeer stranger, ResourceId resource, ContentId content, String peer) throws Exception {
        stranger.enter(resource, content, CHUNKS);
        stranger.enter(resource, content, 100);
        stranger.lease(content, CHUNKS, 0);
        stranger.lease(content, 100, 99);
        stranger.have(content, 0);
        stranger.have(content, 99);
        stranger.offer(peer, content, LINK, stranger.fingerprint(), "any.old.ticket");
        stranger.say(about("signal", content)
                .put("to", peer)
                .put("link", LINK)
                .put("kind", "refuse")
                .put("code", "busy"));
        stranger.say(about("lost", content).put("peer", peer).put("code", "silent"));
        stranger.say(about("leave", content));
        stranger.lease(new ContentId("0".repeat(64)), CHUNKS, 0);
        List<String> answers = new ArrayList<>();
        JsonNode answer = stranger.await("problem");
        while (!answer.path("content").asString("").equals("0".repeat(64))) {
            answers.add(answer.toString().replace(content.hex(), "it"));
            answer = stranger.await("problem");
        }
        return answers;
    }

    private static ObjectNode about(String type, ContentId content) {
        return TestPeer.message(type).put("content", content.hex());
    }

    private int status(String path) {
        try {
            return get(ben, "/api/v1/mesh/leases/" + path).statusCode();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String withoutPath(byte[] problem) {
        JsonNode read = JSON.readTree(problem);
        return read instanceof ObjectNode object ? object.without("instance").toString() : read.toString();
    }

    private boolean isThere(Member member) {
        return world.mesh().isJoined(member.account().id());
    }

    private Tickets tickets(HubIdentity of) {
        return new Tickets(of, () -> Duration.ZERO, world.clock(), new SecureRandom());
    }

    private Ticket ticket(TestPeer peer, String fingerprint, @Nullable ContentId content) {
        return new Ticket(
                ben.account().id(), new PeerId(peer.id()), new Fingerprint(fingerprint), content, Long.MAX_VALUE);
    }
}
