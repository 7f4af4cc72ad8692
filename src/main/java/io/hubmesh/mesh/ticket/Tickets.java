package io.hubmesh.mesh.ticket;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.Remembered;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Issues what the hub states about peers, and recognises what it has issued. */
public final class Tickets {

    /** How long a ticket lasts while the hub can be reached: long enough for a slow link, short enough to be forgotten. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final String TICKET_TYPE = "hubmesh-ticket+jwt";
    private static final String REVOCATIONS_TYPE = "hubmesh-revocations+jwt";
    private static final int NAME_BYTES = 16;

    /** Tickets that are remembered as checked, each about 350 bytes: a peer shows the same one with every description. */
    private static final int MOST_CHECKED = 50_000;

    /** A ticket by its hash, and what it was found to say. */
    private record Vouched(ByteBuffer hash, PeerId peer, Fingerprint fingerprint, ContentId content) {}

    private final HubIdentity identity;
    private final Supplier<Duration> grace;
    private final Clock clock;
    private final RandomGenerator random;
    private final Remembered<Vouched, Long> vouched;

    /** @param grace how long after it was issued a peer that has lost the hub may still honour a ticket; zero: never */
    public Tickets(HubIdentity identity, Supplier<Duration> grace, Clock clock, RandomGenerator random) {
        this.identity = identity;
        this.grace = grace;
        this.clock = clock;
        this.random = random;
        this.vouched = new Remembered<>(MOST_CHECKED, LIFE, clock);
    }

    /** A signed ticket, good from now. */
    public String issue(Ticket ticket) {
        Instant now = clock.instant();
        ObjectNode claims = Jws.claims()
                .put("iss", identity.hub().toString())
                .put("sub", identity.member(ticket.account()))
                .put("pid", ticket.peer().value())
                .put("fp", ticket.fingerprint().value());
        if (ticket.content() != null) {
            claims.put("cid", ticket.content().hex());
        }
        claims.putArray("act").add("fetch").add("serve");
        claims.put("ep", ticket.epoch())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond())
                .put("gexp", fadesAt(now).getEpochSecond())
                .put("jti", name());
        return Jws.sign(identity.key(), TICKET_TYPE, claims);
    }

    /** When nobody honours a ticket any more that was issued at {@code issued}. */
    public Instant fadesAt(Instant issued) {
        Duration chosen = grace.get();
        return issued.plus(chosen.compareTo(LIFE) > 0 ? chosen : LIFE);
    }

    /**
     * Whether {@code text} is a ticket of this hub's, not expired, and says exactly this: that peer, that certificate,
     * that content. Whether it was revoked is for whoever asks to know.
     */
    public boolean vouches(String text, PeerId peer, Fingerprint fingerprint, ContentId content) {
        Vouched question = new Vouched(ByteBuffer.wrap(hash(text)), peer, fingerprint, content);
        return vouched.find(question, unknown -> expiryOf(text, unknown))
                .filter(expires -> clock.instant().getEpochSecond() < expires)
                .isPresent();
    }

    /** When the ticket ends, in seconds since 1970; empty when it is not this hub's or says something else. */
    private Optional<Long> expiryOf(String text, Vouched wanted) {
        return Jws.verify(identity.key(), TICKET_TYPE, text)
                .filter(claims -> says(claims, "iss", identity.hub().toString()))
                .filter(claims -> says(claims, "pid", wanted.peer().value()))
                .filter(claims -> says(claims, "fp", wanted.fingerprint().value()))
                .filter(claims -> says(claims, "cid", wanted.content().hex()))
                .map(claims -> claims.path("exp").asLong(0));
    }

    /** A signed list of everything that is revoked at {@code epoch}. */
    public String revocations(long epoch, List<Revocation> revoked) {
        ObjectNode claims = Jws.claims()
                .put("iss", identity.hub().toString())
                .put("iat", clock.instant().getEpochSecond())
                .put("ep", epoch);
        ArrayNode entries = claims.putArray("rev");
        for (Revocation revocation : revoked) {
            ObjectNode entry = entries.addObject().put("sub", identity.member(revocation.account()));
            if (revocation.content() != null) {
                entry.put("cid", revocation.content().hex());
            }
        }
        return Jws.sign(identity.key(), REVOCATIONS_TYPE, claims);
    }

    /** The name under which other peers and servers know an account; it tells nothing. */
    public String member(AccountId account) {
        return identity.member(account);
    }

    public UUID hub() {
        return identity.hub();
    }

    /** What peers check signatures with: a JWK (RFC 8037). */
    public Map<String, String> publicKey() {
        return identity.key().jwk();
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    private String name() {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static boolean says(JsonNode claims, String claim, String value) {
        return value.equals(claims.path(claim).asString(""));
    }
}
