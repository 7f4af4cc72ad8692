package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that go on: without the hub, after a reload, and in another tab. */
@ExtendWith(OnStage.class)
class GoingOnIT {

    private static final int MIB = 1024 * 1024;

    /** Bytes a second at which a story has the time to look: slow beside every link, quick beside everybody's patience. */
    private static final long SLOW = 2 * MIB;

    /** The same for the rest, so that there is something left of it when a busy machine comes to interrupt it. */
    private static final long SLOWER = MIB / 2;

    private static final long SIZE = 12L * MIB;
    private static final long SMALL = 4L * MIB;

    /** In files of up to 32 MiB. */
    private static final long CHUNK = 64L * 1024;

    /** Most that may be on its way to a peer from one link: 64 requests (protocol) of one chunk each. */
    private static final long IN_FLIGHT = 64 * CHUNK;

    private static final String LEASED = """
            () => performance.getEntriesByType("resource").map(({ name }) => name)
              .filter(name => name.includes("/mesh/leases/")).map(name => name.split("/").at(-1))
            """;

    private final Path folder;

    GoingOnIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void everybodyFinishesWithoutTheHubOnceTheyHoldOneCopyTogether(Stage shared) {
        try (Stage stage = shared.another()) {
            Shared file = new Shared(stage, folder, RealFile.made(folder, "shared-out.bin", SMALL));
            List<Person> receivers = new ArrayList<>();
            for (String name : List.of(file.member(), stage.newMember("cleo"), stage.newMember("dora"))) {
                file.grant(stage.administrator(), name);
                Person receiver = stage.person(name);
                receiver.joinMesh();
                receiver.limitDownload(CHUNK);
                receiver.openFile(file.name());
                receivers.add(receiver);
            }
            receivers.forEach(Person::fetchFromPeers);
            receivers.forEach(receiver -> receiver.limitUpload(4 * CHUNK));
            Eventually.holds(() -> {
                Set<Object> leased = new HashSet<>();
                receivers.forEach(receiver -> leased.addAll(leasedTo(receiver)));
                assertThat(leased).hasSize((int) (SMALL / CHUNK));
                assertThat(fromHub(receivers, file)).isGreaterThanOrEqualTo(SMALL);
            });
            stage.killHub();
            for (Person receiver : receivers) {
                assertThat(verified(receiver, file)).isLessThan(SMALL);
            }
            receivers.forEach(receiver -> receiver.limitUpload(0));
            for (Person receiver : receivers) {
                Path saved = folder.resolve("saved-" + receivers.indexOf(receiver));
                receiver.saveKept(saved);
                assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
                assertThat(receiver.peer().status()).isEqualTo("lost");
                PlaywrightAssertions.assertThat(receiver.page().getByText("Mesh: hub lost"))
                        .isVisible();
            }
        }
    }

    /** The chunks that the hub has sent this tab. */
    private static List<?> leasedTo(Person receiver) {
        return (List<?>) receiver.page().evaluate(LEASED);
    }

    private static long fromHub(List<Person> receivers, Shared file) {
        return receivers.stream()
                .mapToLong(receiver -> receiver.peer().transfer(file.resource()).fromHub())
                .sum();
    }

    @Test
    void aTabThatIsReloadedHalfWayFetchesNothingTwice(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "reloaded.bin", SIZE));
        file.holder(stage.person(Stage.ADMINISTRATOR));
        Person ben = slowReceiver(stage, file);
        Eventually.holds(() -> assertThat(verified(ben, file)).isGreaterThan(SIZE / 3));
        ben.limitDownload(SLOWER);
        long verified = verified(ben, file);
        long before = Witness.pieceBytes(ben.page());
        ben.page().reload();
        Path saved = folder.resolve("saved");
        ben.saveKept(saved);
        assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
        long after = Witness.pieceBytes(ben.page());
        assertThat(after).as("fetched after the reload").isPositive().isLessThanOrEqualTo(SIZE - verified);
        assertThat(before + after - SIZE).as("fetched twice").isLessThanOrEqualTo(IN_FLIGHT);
        theCountsAddUp(ben, file);
    }

    @Test
    void threeTabsAreOnePeerAndAnotherTakesOver(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "three-tabs.bin", SIZE));
        file.holder(stage.person(Stage.ADMINISTRATOR));
        Person first = slowReceiver(stage, file);
        Person second = first.newTab();
        Person third = first.newTab();
        String peer = first.peer().id();
        for (Person tab : List.of(second, third)) {
            assertThat(tab.peer().id()).isEqualTo(peer);
            PlaywrightAssertions.assertThat(tab.button("Pause")).isVisible();
        }
        Eventually.holds(() -> assertThat(verified(second, file)).isGreaterThan(SIZE / 3));
        second.limitDownload(SLOWER);
        long verified = verified(second, file);
        long before = Witness.pieceBytes(first.page());
        first.page().close();
        Path saved = folder.resolve("saved");
        third.saveKept(saved);
        assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
        assertThat(third.peer().id()).isNotEqualTo(peer);
        long after = Witness.pieceBytes(second.page()) + Witness.pieceBytes(third.page());
        assertThat(after).as("fetched by the tab that took over").isPositive().isLessThanOrEqualTo(SIZE - verified);
        assertThat(before + after - SIZE).as("fetched twice").isLessThanOrEqualTo(IN_FLIGHT);
        theCountsAddUp(third, file);
    }

    private static Person slowReceiver(Stage stage, Shared file) {
        Person ben = stage.person(
                file.member(), stage.address(), Witness.in(stage.browsers().start()));
        ben.joinMesh();
        ben.limitDownload(SLOW);
        ben.openFile(file.name());
        ben.fetchFromPeers();
        return ben;
    }

    private static long verified(Person person, Shared file) {
        return person.peer().transfer(file.resource()).verified();
    }

    private static void theCountsAddUp(Person person, Shared file) {
        PeerView.TransferView transfer = person.peer().transfer(file.resource());
        assertThat(transfer.state()).isEqualTo("completed");
        assertThat(transfer.verified()).isEqualTo(SIZE);
        assertThat(transfer.fromHub()).isZero();
    }
}
