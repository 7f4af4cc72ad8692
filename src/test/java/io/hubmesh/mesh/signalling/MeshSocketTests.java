package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.admission.HubKeys;
import io.hubmesh.mesh.events.PeerJoined;
import io.hubmesh.mesh.ticket.Fingerprint;
import io.hubmesh.mesh.ticket.HubIdentity;
import io.hubmesh.mesh.ticket.Ticket;
import io.hubmesh.mesh.ticket.Tickets;
import io.hubmesh.storage.Manifest;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Joining, entering, being introduced, speaking to each other. */
class MeshSocketTests extends MeshStories {

    private final HubKeys keys;
    private final Tickets tickets;

    MeshSocketTests(MeshWorld world, HubKeys keys, Tickets tickets) {
        super(world);
        this.keys = keys;
        this.tickets = tickets;
    }

    @Test
    void theHubStaysWhoItIs() {
        HubIdentity kept = keys.identity();
        assertThat(kept.hub()).isEqualTo(tickets.hub());
        assertThat(kept.key().jwk()).isEqualTo(tickets.publicKey());
        assertThat(kept.member(anna.account().id()))
                .isEqualTo(keys.identity().member(anna.account().id()));
    }

    @Test
    void welcomesWithEverythingAPeerNeeds() throws Exception {
        JsonNode welcome = peer(anna, "AA").join();
        assertThat(welcome.get("peer").stringValue()).matches("[A-Za-z0-9_-]{22}");
        assertThat(welcome.get("stun").get(0).stringValue()).matches("stun:localhost:[0-9]+");
        assertThat(claims(welcome.get("ticket")).has("cid")).isFalse();
        assertThat(claims(welcome.get("revocations")).get("ep").longValue())
                .isEqualTo(welcome.get("epoch").longValue());
        assertThat(isSigned(welcome.get("ticket").stringValue(), welcome.get("key")))
                .isTrue();
        assertThat(isSigned(welcome.get("revocations").stringValue(), welcome.get("key")))
                .isTrue();
        PeerId named = new PeerId(welcome.get("peer").stringValue());
        assertThat(world.facts()
                        .await(PeerJoined.class, joined -> joined.peer().equals(named))
                        .account())
                .isEqualTo(anna.account().id());
        assertThat(world.mesh().isJoined(anna.account().id())).isTrue();
    }

    @Test
    void twoPeersAreIntroducedAndSpeakToEachOther() throws Exception {
        TestPeer seeder = joined(anna, "AA");
        seeder.enter(file, manifest.contentId(), CHUNKS, 0, 1, 2, 3);
        JsonNode seederTold = seeder.await("neighbours");
        String seederTicket = seederTold.get("ticket").stringValue();
        TestPeer receiver = joined(ben, "BB");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        JsonNode neighbours = receiver.await("neighbours");
        JsonNode named = neighbours.get("peers").get(0);
        assertThat(named.get("peer").stringValue()).isEqualTo(seeder.id());
        assertThat(named.get("fingerprint").stringValue()).isEqualTo(seeder.fingerprint());
        assertThat(named.get("member"))
                .isEqualTo(claims(seederTold.get("ticket")).get("sub"));
        assertThat(neighbours.get("peers")).hasSize(1);
        String ticket = neighbours.get("ticket").stringValue();
        assertThat(claims(neighbours.get("ticket")).get("fp").stringValue()).isEqualTo(receiver.fingerprint());

        receiver.offer(seeder.id(), manifest.contentId(), LINK, receiver.fingerprint(), ticket);
        JsonNode offer = seeder.await("signal");
        assertThat(offer.get("from").stringValue()).isEqualTo(receiver.id());
        assertThat(offer.get("link").stringValue()).isEqualTo(LINK);
        assertThat(offer.get("ticket").stringValue()).isEqualTo(ticket);
        seeder.say(TestPeer.message("signal")
                .put("to", receiver.id())
                .put("content", manifest.contentId().hex())
                .put("link", LINK)
                .put("kind", "answer")
                .put("sdp", "a=fingerprint:sha-256 " + seeder.fingerprint())
                .put("ticket", seederTicket));
        assertThat(receiver.await("signal").get("kind").stringValue()).isEqualTo("answer");
        assertThat(world.mesh().peersHolding(manifest.contentId())).isEqualTo(1);
        receiver.have(manifest.contentId(), 0);
        receiver.settle();
        assertThat(world.mesh().peersHolding(List.of(manifest.contentId()))).containsEntry(manifest.contentId(), 2);
    }

    @Test
    void withoutAGrantThereIsNothing() throws Exception {
        TestPeer seeder = joined(anna, "AA");
        seeder.enter(file, manifest.contentId(), CHUNKS, 0);
        seeder.await("neighbours");
        Member stranger = member(world, "stranger");
        TestPeer uninvited = joined(stranger, "CC");
        uninvited.enter(file, manifest.contentId(), CHUNKS);
        uninvited.awaitProblem("not-found");
        uninvited.lease(manifest.contentId(), CHUNKS, 0);
        uninvited.awaitProblem("not-found");
        uninvited.offer(seeder.id(), manifest.contentId(), LINK, uninvited.fingerprint(), "any.old.ticket");
        uninvited.awaitProblem("not-found");
        uninvited.have(manifest.contentId(), 0);
        uninvited.awaitProblem("not-found");
        assertThat(get(stranger, "/api/v1/resources/" + file + "/manifest").statusCode())
                .isEqualTo(404);
        seeder.settle();
    }

    @Test
    void onlyTheContentThatTheFileHoldsCanBeEntered() throws Exception {
        Manifest other = stored(world, "other".getBytes(StandardCharsets.UTF_8));
        TestPeer peer = joined(anna, "AA");
        peer.enter(file, other.contentId(), 1);
        peer.awaitProblem("not-found");
        peer.enter(ResourceId.ROOT, manifest.contentId(), CHUNKS);
        peer.awaitProblem("not-found");
        peer.enter(file, manifest.contentId(), 100);
        peer.awaitProblem("message-invalid");
    }

    @Test
    void aDescriptionMustCarryTheSendersOwnFingerprintAndTicket() throws Exception {
        TestPeer seeder = entered(anna, "AA");
        TestPeer receiver = joined(ben, "BB");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        String ticket = receiver.await("neighbours").get("ticket").stringValue();
        receiver.offer(seeder.id(), manifest.contentId(), LINK, seeder.fingerprint(), ticket);
        receiver.awaitProblem("fingerprint-mismatch");
        receiver.offer(seeder.id(), manifest.contentId(), LINK, receiver.fingerprint(), ticket + "x");
        receiver.awaitProblem("ticket-invalid");
        TestPeer second = joined(ben, "CC");
        second.enter(file, manifest.contentId(), CHUNKS);
        String foreign = second.await("neighbours").get("ticket").stringValue();
        receiver.offer(seeder.id(), manifest.contentId(), LINK, receiver.fingerprint(), foreign);
        receiver.awaitProblem("ticket-invalid");
        receiver.offer("AAAAAAAAAAAAAAAAAAAAAA", manifest.contentId(), LINK, receiver.fingerprint(), ticket);
        receiver.awaitProblem("peer-unknown");
        receiver.offer(receiver.id(), manifest.contentId(), LINK, receiver.fingerprint(), ticket);
        receiver.awaitProblem("peer-unknown");
        receiver.offer(seeder.id(), manifest.contentId(), LINK, receiver.fingerprint(), expired(receiver));
        receiver.awaitProblem("ticket-invalid");
        seeder.settle();
    }

    /** What the hub gave that peer, and is over since a second: no clock is set forward, for then all peers would have been silent. */
    private String expired(TestPeer peer) {
        Clock before = Clock.offset(world.clock(), Tickets.LIFE.plusSeconds(1).negated());
        Tickets earlier = new Tickets(keys.identity(), () -> Duration.ZERO, before, new SecureRandom());
        return earlier.issue(new Ticket(
                ben.account().id(),
                new PeerId(peer.id()),
                new Fingerprint(peer.fingerprint()),
                manifest.contentId(),
                0));
    }

    private static boolean isSigned(String jws, JsonNode key) throws Exception {
        byte[] point = Base64.getUrlDecoder().decode(key.get("x").stringValue());
        byte[] encoded = HexFormat.of()
                .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(point));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        String[] parts = jws.split("\\.");
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }
}
