package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.NewAccount;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.swarm.Limits;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Incoming;
import io.hubmesh.storage.Manifest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every test with real peers has: a file, two members who may read it, and an administrator. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(MeshWorld.Instruments.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
abstract class MeshStories {

    private static final String PASSWORD = "open sesame, please";

    static final int SIZE = 200_000;
    static final int CHUNK = 64 * 1024;
    static final int CHUNKS = 4;

    /** So much time passes at once that nobody is thought silent who has given a sign of life before and does so afterwards. */
    private static final Duration STEP = Limits.SILENCE.dividedBy(3);

    static final String LINK = "ICEiIyQlJicoKSorLC0uLw";
    static final JsonMapper JSON = JsonMapper.builder().build();

    final MeshWorld world;
    final byte[] bytes = new byte[SIZE];
    final Subject administrator;
    final Member anna;
    final Member ben;
    final ResourceId file;
    final Manifest manifest;
    private final List<TestPeer> open = new ArrayList<>();

    record Member(Account account, String token) {}

    MeshStories(MeshWorld world) {
        this.world = world;
        this.administrator = subject(world.accounts().findByName("admin").orElseThrow());
        this.anna = member(world, "anna");
        this.ben = member(world, "ben");
        new Random().nextBytes(bytes);
        this.manifest = stored(world, bytes);
        this.file = world.changes()
                .addFile(administrator, ResourceId.ROOT, unique("file"), "application/octet-stream", manifest)
                .id();
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) throws IOException {
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "mesh-tests-");
        properties.add("hubmesh.data", data::toString);
        properties.add("hubmesh.stun.port", () -> "0");
        properties.add("hubmesh.admin.password", () -> "correct horse battery staple");
    }

    @BeforeEach
    void grantBoth() {
        world.access().grant(administrator, file, anna.account().name(), Level.READ);
        world.access().grant(administrator, file, ben.account().name(), Level.READ);
        world.facts().heard.clear();
    }

    @AfterEach
    void hangUp() {
        open.forEach(TestPeer::close);
        world.clock().goOn();
    }

    /**
     * Time passes, and these peers give signs of life: the hub looks for silent ones every few seconds, whatever a test does.
     *
     * @param time a multiple of ten seconds
     */
    void pass(Duration time, TestPeer... alive) throws InterruptedException {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
            world.clock().shift(STEP);
            for (TestPeer peer : alive) {
                peer.settle();
            }
        }
    }

    String somebody() {
        return world.accounts()
                .create(new NewAccount(unique("guest"), "", PASSWORD, Role.MEMBER))
                .account()
                .name();
    }

    /** Signs somebody in; answers the session's cookie. */
    static String signIn(HubClient browser, String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.signIn(name, PASSWORD);
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("HUBMESH="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    HttpResponse<byte[]> get(Member member, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + world.port() + path))
                .header("Authorization", "Bearer " + member.token())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    static void assertRefused(HttpResponse<byte[]> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).get("code").stringValue()).isEqualTo(code);
    }

    TestPeer entered(Member member, String mark) throws InterruptedException {
        TestPeer peer = joined(member, mark);
        peer.enter(file, manifest.contentId(), CHUNKS);
        peer.await("neighbours");
        return peer;
    }

    TestPeer joined(Member member, String mark) throws InterruptedException {
        TestPeer peer = peer(member, mark);
        peer.join();
        return peer;
    }

    TestPeer peer(Member member, String mark) {
        TestPeer peer = new TestPeer(world.port(), member.token(), mark);
        open.add(peer);
        return peer;
    }

    /** @param headers of the handshake: a name, its value, and so on */
    TestPeer peerWith(String mark, String... headers) {
        TestPeer peer = new TestPeer(world.port(), mark, headers);
        open.add(peer);
        return peer;
    }

    static Member member(MeshWorld world, String name) {
        Account account = world.accounts()
                .create(new NewAccount(unique(name), name, null, Role.MEMBER, false))
                .account();
        return new Member(
                account, world.tokens().create(subject(account), "test").secret());
    }

    static Manifest stored(MeshWorld world, byte[] content) {
        try (Incoming incoming = world.blobs().receive(content.length)) {
            incoming.write(content, 0, content.length);
            return incoming.finish();
        }
    }

    static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    static Subject subject(Account account) {
        return new Subject(account.id(), account.name(), account.role());
    }

    static JsonNode claims(JsonNode jws) {
        return JSON.readTree(Base64.getUrlDecoder().decode(jws.stringValue().split("\\.")[1]));
    }
}
