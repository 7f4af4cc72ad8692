package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.accounts.NewToken;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.TokenScope;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A socket ends with what it rests on. */
class StillWelcomeTests extends MeshStories {

    StillWelcomeTests(MeshWorld world) {
        super(world);
    }

    @Test
    void aRevokedTokenEndsItsSocketAndNoOther() throws Exception {
        Subject owner = subject(anna.account());
        var second = world.tokens().create(owner, "second");
        TestPeer peer = peerWith("AA", "Authorization", "Bearer " + second.secret());
        peer.join();
        TestPeer other = joined(anna, "BB");
        world.upkeep().dropUnwelcome();
        peer.settle();

        world.tokens().revoke(owner.accountId(), second.token().id());

        assertShownOut(peer);
        other.settle();
    }

    @Test
    void signingOutEverywhereEndsTheSocketOfAnotherBrowser() throws Exception {
        String name = somebody();
        TestPeer peer = peerWith("AA", "Cookie", signIn(new HubClient(world.port()), name));
        peer.join();
        HubClient elsewhere = new HubClient(world.port());
        signIn(elsewhere, name);

        elsewhere.form("/account/sessions/end", Map.of("_csrf", elsewhere.csrf("/account")));

        assertThat(peer.awaitClose()).isEqualTo(1008);
    }

    @Test
    void anotherRoleEndsTheSocket() throws Exception {
        Member guest = member(world, "guest");
        TestPeer peer = joined(guest, "AA");

        world.accounts().setRole(guest.account().id(), Role.ADMINISTRATOR);

        assertShownOut(peer);
    }

    @Test
    void aTokenThatMayOnlyReadOpensTheSocket() throws Exception {
        var token = world.tokens().create(subject(anna.account()), new NewToken("read", TokenScope.READ, null));
        TestPeer peer = peerWith("AA", "Authorization", "Bearer " + token.secret());

        peer.join();
        peer.settle();
    }

    @Test
    void anotherAccountInTheSameSessionEndsTheSocket() throws Exception {
        HubClient browser = new HubClient(world.port());
        TestPeer peer = peerWith("AA", "Cookie", signIn(browser, somebody()));
        peer.join();

        signIn(browser, somebody());
        world.upkeep().dropUnwelcome();

        assertShownOut(peer);
    }

    private void assertShownOut(TestPeer peer) throws InterruptedException {
        assertThat(peer.await("bye").get("code").stringValue()).isEqualTo("sign-in-required");
        assertThat(peer.awaitClose()).isEqualTo(1008);
    }
}
