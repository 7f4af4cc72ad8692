package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.accounts.Subject;
import io.hubmesh.permissions.Level;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How soon what is taken away ends at live peers, without anybody looking. */
class PromptEndTests extends MeshStories {

    private static final int ROUNDS = 20;
    private static final Duration BOUND = Duration.ofSeconds(2);

    PromptEndTests(MeshWorld world) {
        super(world);
    }

    @Test
    void aRevokedTokenEndsItsSocket() throws Exception {
        Subject owner = subject(anna.account());
        List<Duration> waits = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            var token = world.tokens().create(owner, "round");
            TestPeer peer = peerWith("AA", "Authorization", "Bearer " + token.secret());
            peer.join();
            long begin = System.nanoTime();
            world.tokens().revoke(owner.accountId(), token.token().id());
            assertThat(peer.await("bye").get("code").stringValue()).isEqualTo("sign-in-required");
            waits.add(Duration.ofNanos(System.nanoTime() - begin));
            assertThat(peer.awaitClose()).isEqualTo(1008);
        }
        assertThat(ninetyFifth(waits)).isLessThan(BOUND);
    }

    @Test
    void aWithdrawnGrantAndADisabledAccountReachTheSwarm() throws Exception {
        List<Duration> waits = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Member member = member(world, "guest");
            world.access().grant(administrator, file, member.account().name(), Level.READ);
            TestPeer seeder = entered(anna, "AA");
            TestPeer receiver = entered(member, "BB");
            long begin = System.nanoTime();
            if (round % 2 == 0) {
                world.access().withdraw(administrator, file, member.account().name());
            } else {
                world.accounts().setEnabled(member.account().id(), false);
            }
            seeder.await("revoked");
            receiver.await("revoked");
            waits.add(Duration.ofNanos(System.nanoTime() - begin));
            seeder.say(TestPeer.message("bye"));
            receiver.close();
            seeder.awaitClose();
        }
        assertThat(ninetyFifth(waits)).isLessThan(BOUND);
    }

    @Test
    void signingOutEndsTheSocket() throws Exception {
        String name = somebody();
        List<Duration> waits = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            HubClient browser = new HubClient(world.port());
            TestPeer peer = peerWith("AA", "Cookie", signIn(browser, name));
            peer.join();
            Map<String, String> form = Map.of("_csrf", browser.csrf("/library"));
            long begin = System.nanoTime();
            browser.form("/sign-out", form);
            // the container may be quicker than the hub, and says no bye
            assertThat(peer.awaitClose()).isEqualTo(1008);
            waits.add(Duration.ofNanos(System.nanoTime() - begin));
        }
        assertThat(ninetyFifth(waits)).isLessThan(BOUND);
    }

    /** Nothing else would end it: the account stays welcome. */
    @Test
    void anAdministratorDropsAPeer() throws Exception {
        TestPeer seeder = entered(anna, "AA");
        TestPeer dropped = joined(ben, "BB");
        dropped.enter(file, manifest.contentId(), CHUNKS);
        JsonNode ticket = claims(dropped.await("neighbours").get("ticket"));
        TestPeer second = entered(ben, "CC");
        assertThat(drop(ben, seeder.id()).statusCode()).as("by a member").isEqualTo(403);
        Member chief = new Member(
                world.accounts().findByName("admin").orElseThrow(),
                world.tokens().create(administrator, "drop").secret());
        assertThat(drop(chief, dropped.id()).statusCode()).isEqualTo(204);
        assertThat(dropped.await("bye").get("code").stringValue()).isEqualTo("forbidden");
        assertThat(dropped.awaitClose()).isEqualTo(1008);
        for (TestPeer told : List.of(seeder, second)) {
            JsonNode list = claims(told.await("revoked").get("list"));
            assertThat(list.get("ep").longValue())
                    .isGreaterThan(ticket.get("ep").longValue());
            assertThat(list.get("rev").values()).anySatisfy(entry -> {
                assertThat(entry.get("sub")).isEqualTo(ticket.get("sub"));
                assertThat(entry.has("cid")).isFalse();
            });
        }
        second.enter(file, manifest.contentId(), CHUNKS);
        assertThat(claims(second.await("neighbours").get("ticket")).get("ep").longValue())
                .as("the account stays welcome")
                .isGreaterThan(ticket.get("ep").longValue());
        assertRefused(drop(chief, dropped.id()), 404, "not-found");
    }

    private HttpResponse<byte[]> drop(Member member, String peer) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + world.port() + "/api/v1/mesh/peers/" + peer))
                .header("Authorization", "Bearer " + member.token())
                .DELETE()
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Duration ninetyFifth(List<Duration> waits) {
        List<Duration> sorted = new ArrayList<>(waits);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
    }
}
