package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a link between two browsers whose only path, a TURN server, goes away and comes back while a file is fetched. */
@ExtendWith(OnStage.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class LinkRestartProof {

    private static final String SECRET = "what-hub-and-relay-share";
    private static final long MIB = 1024 * 1024;

    /** Bytes a second at which there is the time to look. */
    private static final long SLOW = 512 * 1024;

    private static final long SIZE = 96 * MIB;

    /** {@code SIZE / 512}, the next power of two. */
    private static final long CHUNK = 256 * 1024;

    /** What has to have come from the peer, before and after. */
    private static final long ENOUGH = 2 * MIB;

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** The hub's chunks that this tab has fetched; the browser remembers a few hundred requests unless it is told otherwise. */
    private static final String LEASED = """
            () => performance.getEntriesByType("resource").map(({ name }) => name)
              .filter(name => name.includes("/mesh/leases/")).map(name => Number(name.split("/").at(-1)))
            """;

    private static final String REMEMBER = "() => performance.setResourceTimingBufferSize(10_000)";

    private final Path folder;
    private Coturn relay;

    LinkRestartProof(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void withRelay(Stage stage) {
        relay = new Coturn(SECRET, folder.resolve("turnserver.log"));
        Relayed.enter(stage, relay, SECRET);
    }

    @AfterEach
    void withoutRelay(Stage stage) {
        relay.close();
        Relayed.forget(stage);
    }

    @Test
    void aRelayThatBeginsAnewWithinTheGraceIsFoundAgainByTheSameLink(Stage stage) {
        Figures figures = new Figures(getClass(), "within-the-grace");
        Linked linked = new Linked(stage, "within-the-grace.bin");
        List<String> before = Witness.pairs(linked.ben.page());
        assertThat(before).singleElement().asString().contains("relay");
        Set<Integer> whole = linked.whole();
        double since = Witness.now(linked.ben.page());
        long gone = System.nanoTime();
        relay.goneFor(Duration.ofSeconds(4));
        Eventually.holds(() -> {
            assertThat(Witness.pairs(linked.ben.page()))
                    .singleElement()
                    .asString()
                    .contains("relay");
            assertThat(Witness.pairs(linked.ben.page())).isNotEqualTo(before);
            assertThat(linked.status()).isEqualTo("open");
        });
        figures.note("relay gone for 4 s; the same link was open over another pair after %.1f s", seconds(gone));
        figures.note("its states meanwhile: %s", Witness.states(linked.ben.page(), since));
        figures.note("chosen pair %s, then %s", before, Witness.pairs(linked.ben.page()));
        linked.bytesComeFromThePeer();
        linked.isTheOneLinkEverMade();
        linked.finish(figures, whole);
    }

    @Test
    void aPathThatIsAwayForFiveSecondsKeepsItsLink(Stage stage) {
        Figures figures = new Figures(getClass(), "away-and-back");
        Linked linked = new Linked(stage, "away-and-back.bin");
        Set<Integer> whole = linked.whole();
        double since = Witness.now(linked.ben.page());
        long still = System.nanoTime();
        relay.stillFor(Duration.ofSeconds(5));
        linked.bytesComeFromThePeer();
        figures.note(
                "path away for 5 s; %d MiB more had come from the peer after %.1f s", ENOUGH / MIB, seconds(still));
        figures.note("its states meanwhile: %s", Witness.states(linked.ben.page(), since));
        linked.isTheOneLinkEverMade();
        linked.finish(figures, whole);
    }

    @Test
    void socketsThatBreakLeaveTheLinkAsItIs(Stage stage) {
        Figures figures = new Figures(getClass(), "sockets");
        try (CountingProxy proxy = new CountingProxy(stage.address())) {
            Linked linked = new Linked(stage, "sockets.bin", proxy.address());
            Set<Integer> whole = linked.whole();
            String anna = linked.anna.peer().id();
            String ben = linked.ben.peer().id();
            long broken = System.nanoTime();
            proxy.cutAfter(0);
            Eventually.holds(() -> {
                assertThat(linked.anna.peer().id()).isNotEqualTo(anna);
                assertThat(linked.ben.peer().id()).isNotEqualTo(ben);
                assertThat(linked.ben.peer().status()).isEqualTo("joined");
            });
            figures.note(
                    "both sockets broken; both peers were in the mesh under other ids after %.1f s", seconds(broken));
            linked.bytesComeFromThePeer();
            linked.bytesComeFromThePeer();
            linked.isTheOneLinkEverMade();
            linked.finish(figures, whole);
        }
    }

    /** Longer than the grace of 10 s. The second is one in which the first attempt at another link fails too. */
    @ParameterizedTest
    @ValueSource(ints = {30, 60})
    void aRelayThatIsGoneForLongerIsUsedAgainByAnotherLink(int goneSeconds, Stage stage) {
        Figures figures = new Figures(getClass(), "gone-for-" + goneSeconds);
        Linked linked = new Linked(stage, "gone-for-" + goneSeconds + ".bin");
        Set<Integer> whole = linked.whole();
        relay.goneFor(Duration.ofSeconds(goneSeconds));
        long back = System.nanoTime();
        assertThat(linked.ben.peer().links()).as("links that still stand").isLessThanOrEqualTo(1);
        long fromPeers = linked.fromPeers();
        Eventually.holds(PATIENCE, () -> assertThat(linked.status()).isEqualTo("open"));
        double another = seconds(back);
        figures.note("relay gone for %d s; another link was open %.1f s after it was back", goneSeconds, another);
        Eventually.holds(PATIENCE, () -> assertThat(linked.fromPeers()).isGreaterThan(fromPeers));
        figures.note("the first chunk came from the peer %.1f s after it was back", seconds(back));
        linked.bytesComeFromThePeer();
        assertThat(Witness.made(linked.ben.page())).isGreaterThan(1);
        assertThat(linked.ben.peer().links()).isEqualTo(1);
        linked.finish(figures, whole);
        assertThat(another).as("no longer than it was gone").isLessThanOrEqualTo(goneSeconds);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Two people with one link, through the relay, over which a file comes slowly. */
    private final class Linked {

        private final Shared file;
        private final Person anna;
        private final Person ben;

        Linked(Stage stage, String name) {
            this(stage, name, stage.address());
        }

        Linked(Stage stage, String name, URI hub) {
            file = new Shared(stage, folder, RealFile.made(folder, name, SIZE));
            anna = Relayed.person(stage, Stage.ADMINISTRATOR, hub);
            file.holder(anna);
            ben = Relayed.person(stage, file.member(), hub);
            ben.page().evaluate(REMEMBER);
            ben.joinMesh();
            ben.limitDownload(SLOW);
            ben.openFile(file.name());
            ben.fetchFromPeers();
            Eventually.holds(() -> assertThat(fromPeers()).isGreaterThan(ENOUGH));
            isTheOneLinkEverMade();
        }

        PeerView.TransferView transfer() {
            return ben.peer().transfer(file.resource());
        }

        long fromPeers() {
            return transfer().fromPeers();
        }

        String status() {
            return ben.peer().linkStatus();
        }

        void bytesComeFromThePeer() {
            long before = fromPeers();
            Eventually.holds(PATIENCE, () -> assertThat(fromPeers()).isGreaterThan(before + ENOUGH));
        }

        void isTheOneLinkEverMade() {
            for (Person person : List.of(anna, ben)) {
                assertThat(person.peer().links()).isEqualTo(1);
                assertThat(Witness.made(person.page()))
                        .as("connections ever made")
                        .isEqualTo(1);
            }
        }

        /** Chunks all of which have come over the link. */
        Set<Integer> whole() {
            return Witness.pieces(ben.page()).entrySet().stream()
                    .filter(each -> each.getValue() >= chunk(each.getKey()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }

        private long chunk(int index) {
            return Math.min(CHUNK, SIZE - index * CHUNK);
        }

        /** Lets the rest come; what had come whole before the path was lost has not been fetched again, from anybody. */
        void finish(Figures figures, Set<Integer> whole) {
            ben.limitDownload(0);
            Path saved = folder.resolve("saved");
            ben.saveKept(saved);
            assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
            PeerView.TransferView ended = transfer();
            assertThat(ended.fromHub() + ended.fromPeers()).isEqualTo(SIZE);
            assertThat(whole).isNotEmpty();
            assertThat(leased()).as("fetched again from the hub").doesNotContainAnyElementsOf(whole);
            assertThat(Witness.pieces(ben.page()).entrySet().stream()
                            .filter(each -> whole.contains(each.getKey()) && each.getValue() > chunk(each.getKey())))
                    .as("fetched again from the peer")
                    .isEmpty();
            figures.note(
                    "of %d bytes %d from the peer, %d from the hub, %d wasted; %d chunks whole before, none fetched again",
                    SIZE, ended.fromPeers(), ended.fromHub(), ended.wasted(), whole.size());
        }

        @SuppressWarnings("unchecked")
        private List<Integer> leased() {
            return (List<Integer>) ben.page().evaluate(LEASED);
        }
    }
}
