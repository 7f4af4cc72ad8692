package io.hubmesh.mesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TicketsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AccountId ACCOUNT = new AccountId(UUID.randomUUID());
    private static final PeerId PEER = new PeerId("AAECAwQFBgcICQoLDA0ODw");
    private static final PeerId OTHER_PEER = new PeerId("EBESExQVFhcYGRobHB0eHw");
    private static final ContentId CONTENT = new ContentId("ab".repeat(32));
    private static final ContentId OTHER_CONTENT = new ContentId("cd".repeat(32));
    private static final Fingerprint FINGERPRINT = new Fingerprint("AB" + ":AB".repeat(31));
    private static final Fingerprint OTHER_FINGERPRINT = new Fingerprint("CD" + ":CD".repeat(31));

    private final HandClock clock = new HandClock();
    private final HubIdentity identity = identity(SigningKey.generate());
    private final Tickets tickets = tickets(identity, Duration.ofHours(12));

    @Test
    void saysWhatTheProtocolSays() {
        JsonNode header = part(issued(), 0);
        JsonNode claims = part(issued(), 1);
        long now = clock.instant().getEpochSecond();
        assertThat(header.propertyNames()).containsExactlyInAnyOrder("alg", "typ", "kid");
        assertThat(header.get("alg").stringValue()).isEqualTo("EdDSA");
        assertThat(header.get("typ").stringValue()).isEqualTo("hubmesh-ticket+jwt");
        assertThat(header.get("kid").stringValue())
                .isEqualTo(tickets.publicKey().get("kid"));
        assertThat(claims.get("iss").stringValue()).isEqualTo(identity.hub().toString());
        assertThat(claims.get("sub").stringValue()).matches("[A-Za-z0-9_-]{22}");
        assertThat(claims.get("pid").stringValue()).isEqualTo(PEER.value());
        assertThat(claims.get("fp").stringValue()).isEqualTo(FINGERPRINT.value());
        assertThat(claims.get("cid").stringValue()).isEqualTo(CONTENT.hex());
        assertThat(claims.get("act").values()).extracting(JsonNode::stringValue).containsExactly("fetch", "serve");
        assertThat(claims.get("ep").longValue()).isEqualTo(3);
        assertThat(claims.get("iat").longValue()).isEqualTo(now);
        assertThat(claims.get("exp").longValue()).isEqualTo(now + 600);
        assertThat(claims.get("gexp").longValue()).isEqualTo(now + 12 * 3600);
        assertThat(claims.get("jti").stringValue())
                .isNotEqualTo(part(issued(), 1).get("jti").stringValue());
    }

    @Test
    void aMembershipTicketNamesNoContent() {
        String text = tickets.issue(new Ticket(ACCOUNT, PEER, FINGERPRINT, null, 0));
        assertThat(part(text, 1).has("cid")).isFalse();
        assertThat(tickets.vouches(text, PEER, FINGERPRINT, CONTENT)).isFalse();
    }

    @Test
    void withoutGraceItEndsWhenItExpires() {
        String text = tickets(identity, Duration.ZERO).issue(new Ticket(ACCOUNT, PEER, FINGERPRINT, CONTENT, 0));
        assertThat(part(text, 1).get("gexp")).isEqualTo(part(text, 1).get("exp"));
    }

    @Test
    void vouchesForExactlyWhatItSays() {
        assertThat(tickets.vouches(issued(), PEER, FINGERPRINT, CONTENT)).isTrue();
        assertThat(tickets.vouches(issued(), OTHER_PEER, FINGERPRINT, CONTENT)).isFalse();
        assertThat(tickets.vouches(issued(), PEER, OTHER_FINGERPRINT, CONTENT)).isFalse();
        assertThat(tickets.vouches(issued(), PEER, FINGERPRINT, OTHER_CONTENT)).isFalse();
    }

    @Test
    void expires() {
        String text = issued();
        clock.turn(Tickets.LIFE.minusSeconds(1));
        assertThat(tickets.vouches(text, PEER, FINGERPRINT, CONTENT)).isTrue();
        clock.turn(Duration.ofSeconds(1));
        assertThat(tickets.vouches(text, PEER, FINGERPRINT, CONTENT)).isFalse();
    }

    @Test
    void aForeignHubsTicketIsWorthNothing() {
        Tickets foreign = tickets(identity(SigningKey.generate()), Duration.ZERO);
        String text = foreign.issue(new Ticket(ACCOUNT, PEER, FINGERPRINT, CONTENT, 0));
        assertThat(foreign.vouches(text, PEER, FINGERPRINT, CONTENT)).isTrue();
        assertThat(tickets.vouches(text, PEER, FINGERPRINT, CONTENT)).isFalse();
    }

    @Test
    void theSameKeyUnderAnotherHubsNameIsWorthNothing() {
        Tickets other = tickets(identity(identity.key()), Duration.ZERO);
        String text = other.issue(new Ticket(ACCOUNT, PEER, FINGERPRINT, CONTENT, 0));
        assertThat(tickets.vouches(text, PEER, FINGERPRINT, CONTENT)).isFalse();
    }

    @Test
    void aForgedTicketIsWorthNothing() {
        String[] parts = issued().split("\\.");
        ObjectNode claims = (ObjectNode) part(issued(), 1);
        claims.put("cid", OTHER_CONTENT.hex());
        String forged = parts[0] + "." + encode(claims.toString()) + "." + parts[2];
        assertThat(tickets.vouches(forged, PEER, FINGERPRINT, OTHER_CONTENT)).isFalse();
        String unsigned =
                encode("{\"alg\":\"none\",\"typ\":\"hubmesh-ticket+jwt\",\"kid\":\"x\"}") + "." + parts[1] + ".";
        assertThat(tickets.vouches(unsigned, PEER, FINGERPRINT, CONTENT)).isFalse();
        assertThat(tickets.vouches(parts[0] + "." + parts[1], PEER, FINGERPRINT, CONTENT))
                .isFalse();
        assertThat(tickets.vouches(issued() + ".", PEER, FINGERPRINT, CONTENT)).isFalse();
        assertThat(tickets.vouches("", PEER, FINGERPRINT, CONTENT)).isFalse();
        assertThat(tickets.vouches("a.b.c", PEER, FINGERPRINT, CONTENT)).isFalse();
        assertThat(tickets.vouches("§.§.§", PEER, FINGERPRINT, CONTENT)).isFalse();
    }

    @Test
    void anyFlippedBitOfTheSignatureBreaksIt() {
        String[] parts = issued().split("\\.");
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        for (int index = 0; index < signature.length; index += 7) {
            byte[] flipped = signature.clone();
            flipped[index] ^= 1;
            String text = parts[0] + "." + parts[1] + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
            assertThat(tickets.vouches(text, PEER, FINGERPRINT, CONTENT)).isFalse();
        }
    }

    @Test
    void aListOfRevocationsIsNoTicket() {
        String list = tickets.revocations(9, List.of(new Revocation(ACCOUNT, CONTENT), new Revocation(ACCOUNT, null)));
        JsonNode claims = part(list, 1);
        assertThat(part(list, 0).get("typ").stringValue()).isEqualTo("hubmesh-revocations+jwt");
        assertThat(claims.get("ep").longValue()).isEqualTo(9);
        assertThat(claims.get("rev").get(0).get("sub").stringValue()).isEqualTo(identity.member(ACCOUNT));
        assertThat(claims.get("rev").get(0).get("cid").stringValue()).isEqualTo(CONTENT.hex());
        assertThat(claims.get("rev").get(1).has("cid")).isFalse();
        assertThat(tickets.vouches(list, PEER, FINGERPRINT, CONTENT)).isFalse();
    }

    @Test
    void aMembersNameIsStableAndTellsNothing() {
        assertThat(identity.member(ACCOUNT)).isEqualTo(identity.member(ACCOUNT));
        assertThat(identity.member(ACCOUNT))
                .isNotEqualTo(identity(identity.key()).member(ACCOUNT));
        assertThat(identity.member(ACCOUNT)).isNotEqualTo(identity.member(new AccountId(UUID.randomUUID())));
    }

    /** The key of RFC 8037, appendix A.1 and A.2, has the thumbprint of appendix A.3. */
    @Test
    void readsTheStandardsExampleKeyAndSignsWithIt() {
        byte[] secret = Base64.getUrlDecoder().decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
        byte[] point = Base64.getUrlDecoder().decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        SigningKey key = SigningKey.of(
                concat("302e020100300506032b657004220420", secret), concat("302a300506032b6570032100", point));
        assertThat(key.kid()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assertThat(key.jwk()).containsEntry("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        String text = Jws.sign(key, "test", Jws.claims().put("a", 1));
        assertThat(Jws.verify(key, "test", text)).isPresent();
        assertThat(Jws.verify(key, "other", text)).isEmpty();
    }

    @Test
    void aKeyIsReadBackFromWhatIsKept() {
        SigningKey key = SigningKey.generate();
        SigningKey again =
                SigningKey.of(key.privateKey().getEncoded(), key.publicKey().getEncoded());
        assertThat(again.kid()).isEqualTo(key.kid());
        assertThat(Jws.verify(key, "test", Jws.sign(again, "test", Jws.claims())))
                .isPresent();
        assertThat(key.toString()).isEqualTo("SigningKey[" + key.kid() + "]");
    }

    private String issued() {
        return tickets.issue(new Ticket(ACCOUNT, PEER, FINGERPRINT, CONTENT, 3));
    }

    private Tickets tickets(HubIdentity hub, Duration grace) {
        return new Tickets(hub, () -> grace, clock, new SecureRandom());
    }

    private static HubIdentity identity(SigningKey key) {
        byte[] secret = new byte[HubIdentity.SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new HubIdentity(UUID.randomUUID(), secret, key);
    }

    private static JsonNode part(String jws, int index) {
        return JSON.readTree(Base64.getUrlDecoder().decode(jws.split("\\.")[index]));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] concat(String prefixHex, byte[] rest) {
        byte[] prefix = java.util.HexFormat.of().parseHex(prefixHex);
        byte[] all = java.util.Arrays.copyOf(prefix, prefix.length + rest.length);
        System.arraycopy(rest, 0, all, prefix.length, rest.length);
        return all;
    }
}
