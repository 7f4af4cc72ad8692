package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.NewAccount;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Access;
import io.hubmesh.library.Library;
import io.hubmesh.mesh.Mesh;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.events.PeerJoined;
import io.hubmesh.mesh.events.PeerLeft;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.swarm.Limits;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Incoming;
import io.hubmesh.storage.Manifest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hub's side of the mesh as peers meet it: real sockets, real database, real files. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(MeshSocketTests.Instruments.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@DirtiesContext
class MeshSocketTests {

    private static final int SIZE = 200_000;
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS = 4;
    private static final String LINK = "ICEiIyQlJicoKSorLC0uLw";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    static Path data;

    /** Runs like the real one, and a test can set it forward. */
    static final class ShiftedClock extends Clock {
        private final Clock real;
        private volatile Duration shift = Duration.ZERO;

        ShiftedClock(Clock real) {
            this.real = real;
        }

        void shift(Duration by) {
            shift = shift.plus(by);
        }

        @Override
        public Instant instant() {
            return real.instant().plus(shift);
        }

        @Override
        public ZoneId getZone() {
            return real.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static final class Facts {
        final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

        @EventListener({PeerJoined.class, PeerLeft.class, LeaseServed.class, TransferReported.class})
        void on(Object fact) {
            heard.add(fact);
        }

        <F> F await(Class<F> kind) throws InterruptedException {
            for (Object fact = heard.poll(20, TimeUnit.SECONDS);
                    fact != null;
                    fact = heard.poll(20, TimeUnit.SECONDS)) {
                if (kind.isInstance(fact)) {
                    return kind.cast(fact);
                }
            }
            throw new AssertionError("no " + kind.getSimpleName());
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Instruments {
        @Bean
        @Primary
        ShiftedClock shiftedClock(@Qualifier("clock") Clock real) {
            return new ShiftedClock(real);
        }

        @Bean
        Facts facts() {
            return new Facts();
        }
    }

    private final int port;
    private final Accounts accounts;
    private final AccessTokens tokens;
    private final Library library;
    private final Access access;
    private final Blobs blobs;
    private final Mesh mesh;
    private final Upkeep upkeep;
    private final ShiftedClock clock;
    private final Facts facts;
    private final List<TestPeer> open = new ArrayList<>();
    private final byte[] bytes = new byte[SIZE];
    private final Subject administrator;
    private Member anna;
    private Member ben;
    private ResourceId file;
    private Manifest manifest;

    record Member(Account account, String token) {}

    MeshSocketTests(
            @LocalServerPort int port,
            Accounts accounts,
            AccessTokens tokens,
            Library library,
            Access access,
            Blobs blobs,
            Mesh mesh,
            Upkeep upkeep,
            ShiftedClock clock,
            Facts facts) {
        this.port = port;
        this.accounts = accounts;
        this.tokens = tokens;
        this.library = library;
        this.access = access;
        this.blobs = blobs;
        this.mesh = mesh;
        this.upkeep = upkeep;
        this.clock = clock;
        this.facts = facts;
        this.administrator = subject(accounts.findByName("admin").orElseThrow());
        this.anna = member("anna");
        this.ben = member("ben");
        new Random().nextBytes(bytes);
        this.manifest = stored(bytes);
        this.file = library.addFile(
                        administrator, ResourceId.ROOT, unique("file"), "application/octet-stream", manifest)
                .id();
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        properties.add("hubmesh.data", () -> data.toString());
        properties.add("hubmesh.stun.port", () -> "0");
        properties.add("hubmesh.admin.password", () -> "correct horse battery staple");
    }

    @BeforeEach
    void grantBoth() {
        access.grant(administrator, file, anna.account().name(), Level.READ);
        access.grant(administrator, file, ben.account().name(), Level.READ);
        facts.heard.clear();
    }

    @AfterEach
    void hangUp() {
        open.forEach(TestPeer::close);
    }

    @Test
    void welcomesWithEverythingAPeerNeeds() throws Exception {
        JsonNode welcome = peer(anna, "AA").join();
        assertThat(welcome.get("peer").stringValue()).matches("[A-Za-z0-9_-]{22}");
        assertThat(welcome.get("stun").get(0).stringValue()).matches("stun:localhost:[0-9]+");
        assertThat(claims(welcome.get("ticket")).has("cid")).isFalse();
        assertThat(claims(welcome.get("revocations")).get("ep").longValue())
                .isEqualTo(welcome.get("epoch").longValue());
        assertThat(isSigned(welcome.get("ticket").stringValue(), welcome.get("key"))).isTrue();
        assertThat(isSigned(welcome.get("revocations").stringValue(), welcome.get("key")))
                .isTrue();
        assertThat(facts.await(PeerJoined.class).account()).isEqualTo(anna.account().id());
        assertThat(mesh.isJoined(anna.account().id())).isTrue();
    }

    @Test
    void twoPeersAreIntroducedAndSpeakToEachOther() throws Exception {
        TestPeer seeder = joined(anna, "AA");
        seeder.enter(file, manifest.contentId(), CHUNKS, 0, 1, 2, 3);
        String seederTicket = seeder.await("neighbours").get("ticket").stringValue();
        TestPeer receiver = joined(ben, "BB");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        JsonNode neighbours = receiver.await("neighbours");
        assertThat(neighbours.get("peers").get(0).get("peer").stringValue()).isEqualTo(seeder.id());
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
        assertThat(mesh.peersHolding(manifest.contentId())).isEqualTo(1);
        receiver.have(manifest.contentId(), 0);
        receiver.settle();
        assertThat(mesh.peersHolding(List.of(manifest.contentId()))).containsEntry(manifest.contentId(), 2);
    }

    @Test
    void withoutAGrantThereIsNothing() throws Exception {
        TestPeer seeder = joined(anna, "AA");
        seeder.enter(file, manifest.contentId(), CHUNKS, 0);
        seeder.await("neighbours");
        Member stranger = member("stranger");
        TestPeer uninvited = joined(stranger, "CC");
        uninvited.enter(file, manifest.contentId(), CHUNKS);
        uninvited.awaitProblem("not-found");
        uninvited.lease(manifest.contentId(), 0);
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
        Manifest other = stored("other".getBytes(StandardCharsets.UTF_8));
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
        clock.shift(Duration.ofMinutes(11));
        receiver.offer(seeder.id(), manifest.contentId(), LINK, receiver.fingerprint(), ticket);
        receiver.awaitProblem("ticket-invalid");
        seeder.settle();
    }

    @Test
    void nothingGoesBeforeHelloAndHelloGoesOnce() throws Exception {
        TestPeer peer = peer(anna, "AA");
        peer.lease(manifest.contentId(), 0);
        peer.awaitProblem("not-joined");
        peer.settle();
        peer.join();
        peer.say(TestPeer.message("hello").put("protocol", 1).put("fingerprint", peer.fingerprint()));
        peer.awaitProblem("message-invalid");
    }

    @Test
    void theTenthInvalidMessageEndsTheSocket() throws Exception {
        TestPeer peer = joined(anna, "AA");
        for (int count = 0; count < 10; count++) {
            peer.say("{\"type\":\"shout\"}");
            peer.awaitProblem("message-invalid");
        }
        assertThat(peer.await("bye").get("code").stringValue()).isEqualTo("message-invalid");
        assertThat(peer.awaitClose()).isEqualTo(1008);
        assertThat(facts.await(PeerLeft.class).peer()).isEqualTo(new PeerId(peer.id()));
    }

    @Test
    void aMessageThatIsTooLargeEndsTheSocket() throws Exception {
        TestPeer peer = joined(anna, "AA");
        peer.say("\"" + "x".repeat(70_000) + "\"");
        assertThat(peer.awaitClose()).isEqualTo(1009);
        assertThat(facts.await(PeerLeft.class).peer()).isEqualTo(new PeerId(peer.id()));
    }

    @Test
    void aFloodEndsTheSocket() throws Exception {
        TestPeer peer = joined(anna, "AA");
        for (int count = 0; count < 2_000 && mesh.isJoined(anna.account().id()); count++) {
            peer.say("{\"type\":\"problem\",\"code\":\"x\",\"detail\":\"x\"}");
        }
        assertThat(peer.await("bye").get("code").stringValue()).isEqualTo("too-many-requests");
        assertThat(peer.awaitClose()).isEqualTo(1008);
    }

    @Test
    void aLeasedChunkComesFromTheHubToItsHolderOnly() throws Exception {
        TestPeer peer = entered(anna, "AA");
        peer.lease(manifest.contentId(), 3, 0);
        JsonNode leased = peer.await("leased");
        String lease = leased.get("lease").stringValue();
        assertThat(leased.get("chunks").values()).extracting(JsonNode::intValue).containsExactly(3, 0);
        HttpResponse<byte[]> last = get(anna, "/api/v1/mesh/leases/" + lease + "/chunks/3");
        assertThat(last.statusCode()).isEqualTo(200);
        assertThat(last.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(last.body()).isEqualTo(Arrays.copyOfRange(bytes, 3 * CHUNK, SIZE));
        LeaseServed served = facts.await(LeaseServed.class);
        assertThat(served.bytes()).isEqualTo(SIZE - 3 * CHUNK);
        assertThat(served.content()).isEqualTo(manifest.contentId());
        assertThat(get(anna, "/api/v1/mesh/leases/" + lease + "/chunks/0").body())
                .isEqualTo(Arrays.copyOf(bytes, CHUNK));

        assertRefused(get(anna, "/api/v1/mesh/leases/" + lease + "/chunks/1"), 403, "lease-invalid");
        assertRefused(get(anna, "/api/v1/mesh/leases/" + lease + "/chunks/-1"), 403, "lease-invalid");
        assertRefused(get(ben, "/api/v1/mesh/leases/" + lease + "/chunks/0"), 403, "lease-invalid");
        assertRefused(get(anna, "/api/v1/mesh/leases/" + LINK + "/chunks/0"), 403, "lease-invalid");
        clock.shift(Limits.LEASE);
        assertRefused(get(anna, "/api/v1/mesh/leases/" + lease + "/chunks/0"), 403, "lease-invalid");
    }

    @Test
    void whatAPeerHoldsIsLeasedOnlyToWhoHasWaited() throws Exception {
        TestPeer seeder = joined(anna, "AA");
        seeder.enter(file, manifest.contentId(), CHUNKS, 0, 1, 2, 3);
        seeder.await("neighbours");
        TestPeer receiver = entered(ben, "BB");
        receiver.lease(manifest.contentId(), 0, 1);
        JsonNode answer = receiver.await("leased");
        assertThat(answer.get("chunks")).isEmpty();
        assertThat(answer.has("lease")).isFalse();
        assertThat(answer.get("retryAfterMillis").longValue()).isBetween(1L, 2000L);
        clock.shift(Limits.PATIENCE);
        receiver.lease(manifest.contentId(), 0, 1);
        assertThat(receiver.await("leased").get("chunks")).hasSize(2);
        receiver.lease(manifest.contentId(), 4);
        receiver.awaitProblem("message-invalid");
    }

    @Test
    void aWithdrawnGrantReachesTheSwarm() throws Exception {
        TestPeer seeder = entered(anna, "AA");
        TestPeer receiver = joined(ben, "BB");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        JsonNode ticket = claims(receiver.await("neighbours").get("ticket"));
        receiver.lease(manifest.contentId(), 0);
        String lease = receiver.await("leased").get("lease").stringValue();

        access.withdraw(administrator, file, ben.account().name());
        JsonNode list = claims(seeder.await("revoked").get("list"));
        assertThat(receiver.await("revoked").has("list")).isTrue();
        assertThat(list.get("ep").longValue()).isGreaterThan(ticket.get("ep").longValue());
        assertThat(list.get("rev").values()).anySatisfy(entry -> {
            assertThat(entry.get("sub")).isEqualTo(ticket.get("sub"));
            assertThat(entry.get("cid")).isEqualTo(ticket.get("cid"));
        });
        assertRefused(get(ben, "/api/v1/mesh/leases/" + lease + "/chunks/0"), 403, "lease-invalid");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        receiver.awaitProblem("not-found");
        receiver.lease(manifest.contentId(), 1);
        receiver.awaitProblem("not-found");

        access.grant(administrator, file, ben.account().name(), Level.READ);
        receiver.enter(file, manifest.contentId(), CHUNKS);
        JsonNode again = claims(receiver.await("neighbours").get("ticket"));
        assertThat(again.get("ep").longValue()).isGreaterThanOrEqualTo(list.get("ep").longValue());
    }

    @Test
    void whoHasHungUpIsRevokedAllTheSame() throws Exception {
        TestPeer seeder = entered(anna, "AA");
        TestPeer receiver = joined(ben, "BB");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        JsonNode ticket = claims(receiver.await("neighbours").get("ticket"));
        receiver.say(TestPeer.message("bye"));
        assertThat(receiver.awaitClose()).isEqualTo(1000);
        access.withdraw(administrator, file, ben.account().name());
        JsonNode list = claims(seeder.await("revoked").get("list"));
        assertThat(list.get("rev").values())
                .extracting(entry -> entry.get("sub"))
                .contains(ticket.get("sub"));
    }

    @Test
    void switchedOffDeliveryEndsTheSwarm() throws Exception {
        TestPeer peer = entered(anna, "AA");
        library.allowPeerDelivery(administrator, file, false);
        peer.await("revoked");
        peer.enter(file, manifest.contentId(), CHUNKS);
        peer.awaitProblem("peer-delivery-off");
        assertThat(mesh.peers())
                .filteredOn(view -> view.peer().value().equals(peer.id()))
                .singleElement()
                .satisfies(view -> assertThat(view.swarms()).isZero());
    }

    @Test
    void aDeletedFileEndsTheSwarm() throws Exception {
        TestPeer peer = entered(anna, "AA");
        library.delete(administrator, file);
        peer.await("revoked");
        peer.enter(file, manifest.contentId(), CHUNKS);
        peer.awaitProblem("not-found");
    }

    @Test
    void aDisabledAccountIsShownOut() throws Exception {
        TestPeer seeder = entered(anna, "AA");
        TestPeer out = entered(ben, "BB");
        TestPeer silent = peer(ben, "CC");
        accounts.setEnabled(ben.account().id(), false);
        seeder.await("revoked");
        out.await("revoked");
        assertThat(out.await("bye").get("code").stringValue()).isEqualTo("sign-in-required");
        assertThat(out.awaitClose()).isEqualTo(1008);
        assertThat(silent.awaitClose()).isEqualTo(1008);
        assertThat(mesh.isJoined(ben.account().id())).isFalse();
    }

    @Test
    void aReportBecomesAFact() throws Exception {
        TestPeer peer = entered(anna, "AA");
        var report = TestPeer.message("report")
                .put("content", manifest.contentId().hex())
                .put("resource", file.toString())
                .put("transfer", LINK)
                .put("model", "peers")
                .put("state", "running")
                .put("size", SIZE)
                .put("fromHub", 1000)
                .put("fromPeers", 2000)
                .put("wasted", 5)
                .put("startedMillisAgo", 1500)
                .put("served", 0);
        peer.say(report);
        TransferReported fact = facts.await(TransferReported.class);
        assertThat(fact.account()).isEqualTo(anna.account().id());
        assertThat(fact.fromPeers()).isEqualTo(2000);
        assertThat(fact.firstByte()).isNull();
        assertThat(Duration.between(fact.startedAt(), fact.at())).hasMillis(1500);
        peer.say(report.put("fromPeers", SIZE));
        peer.awaitProblem("message-invalid");
        peer.say(report.put("fromPeers", 0).put("size", SIZE + 1));
        peer.awaitProblem("message-invalid");
        peer.say(report.put("resource", UUID.randomUUID().toString()));
        peer.awaitProblem("not-found");
    }

    @Test
    void aReportIsStillHeardAfterTheSwarmWasLeft() throws Exception {
        TestPeer peer = entered(anna, "AA");
        peer.say(TestPeer.message("leave").put("content", manifest.contentId().hex()));
        peer.say("{\"type\":\"report\",\"content\":\"" + manifest.contentId() + "\",\"resource\":\"" + file
                + "\",\"transfer\":\"" + LINK + "\",\"model\":\"automatic\",\"state\":\"cancelled\",\"size\":" + SIZE
                + ",\"fromHub\":0,\"fromPeers\":0,\"wasted\":0,\"startedMillisAgo\":0,\"served\":0}");
        assertThat(facts.await(TransferReported.class).state()).isEqualTo(TransferReported.State.CANCELLED);
    }

    @Test
    void anAccountHasOnlySoManyPeers() throws Exception {
        for (int count = 0; count < Limits.PEERS_PER_ACCOUNT; count++) {
            joined(anna, "AA");
        }
        TestPeer oneTooMany = peer(anna, "AA");
        oneTooMany.say(TestPeer.message("hello").put("protocol", 1).put("fingerprint", oneTooMany.fingerprint()));
        oneTooMany.awaitProblem("too-many-requests");
        assertThat(oneTooMany.await("bye").get("code").stringValue()).isEqualTo("too-many-requests");
        assertThat(oneTooMany.awaitClose()).isEqualTo(1008);
    }

    @Test
    void whoFallsSilentIsDropped() throws Exception {
        TestPeer peer = joined(anna, "AA");
        clock.shift(Limits.SILENCE);
        upkeep.dropSilent();
        assertThat(peer.await("bye").get("code").stringValue()).isEqualTo("silent");
        assertThat(peer.awaitClose()).isEqualTo(1008);
        assertThat(mesh.isJoined(anna.account().id())).isFalse();
    }

    @Test
    void strangersAndOtherOriginsDoNotGetIn() {
        assertThat(handshakeStatus("Authorization", "Bearer hm_wrong")).isEqualTo(401);
        assertThat(handshakeStatus("Origin", "http://localhost:" + port)).isEqualTo(401);
        assertThat(handshakeStatus("Authorization", "Bearer " + anna.token(), "Origin", "https://evil.example"))
                .isEqualTo(403);
    }

    private int handshakeStatus(String... headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int index = 0; index < headers.length; index += 2) {
            builder.header(headers[index], headers[index + 1]);
        }
        CompletionException refusal = (CompletionException) catchThrowable(() -> builder
                .buildAsync(
                        URI.create("ws://localhost:" + port + "/api/v1/mesh/socket"), new WebSocket.Listener() {})
                .join());
        return refusal.getCause() instanceof WebSocketHandshakeException handshake
                ? handshake.getResponse().statusCode()
                : 0;
    }

    private HttpResponse<byte[]> get(Member member, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + member.token())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void assertRefused(HttpResponse<byte[]> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).get("code").stringValue()).isEqualTo(code);
    }

    private TestPeer entered(Member member, String mark) throws InterruptedException {
        TestPeer peer = joined(member, mark);
        peer.enter(file, manifest.contentId(), CHUNKS);
        peer.await("neighbours");
        return peer;
    }

    private TestPeer joined(Member member, String mark) throws InterruptedException {
        TestPeer peer = peer(member, mark);
        peer.join();
        return peer;
    }

    private TestPeer peer(Member member, String mark) {
        TestPeer peer = new TestPeer(port, member.token(), mark);
        open.add(peer);
        return peer;
    }

    private Member member(String name) {
        Account account = accounts.create(new NewAccount(unique(name), name, null, Role.MEMBER))
                .account();
        return new Member(account, tokens.create(subject(account), "test").secret());
    }

    private Manifest stored(byte[] content) {
        try (Incoming incoming = blobs.receive(content.length)) {
            incoming.write(content, 0, content.length);
            return incoming.finish();
        }
    }

    private static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static Subject subject(Account account) {
        return new Subject(account.id(), account.name(), account.role());
    }

    private static JsonNode claims(JsonNode jws) {
        return JSON.readTree(Base64.getUrlDecoder().decode(jws.stringValue().split("\\.")[1]));
    }

    private static boolean isSigned(String jws, JsonNode key) throws Exception {
        byte[] point = Base64.getUrlDecoder().decode(key.get("x").stringValue());
        byte[] encoded = HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(point));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        String[] parts = jws.split("\\.");
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }
}
