package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.delivery.events.HubSent;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Trash;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.events.PeerLeft;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.UploadReported;
import io.hubmesh.permissions.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** The room as a whole: facts of other rooms in, overviews and rows out. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RecorderTests {

    private static final int SIZE = 1_000;

    private final HubFixture hub;
    private final ApplicationEventPublisher events;
    private final Recorder reports;
    private final Overviews overviews;
    private final Ledger ledger;
    private final Bookkeeping bookkeeping;
    private final Books books;
    private final Trash trash;
    private final Clock clock;

    RecorderTests(
            HubFixture hub,
            ApplicationEventPublisher events,
            Recorder reports,
            Overviews overviews,
            Ledger ledger,
            Bookkeeping bookkeeping,
            Books books,
            Trash trash,
            Clock clock) {
        this.hub = hub;
        this.events = events;
        this.reports = reports;
        this.overviews = overviews;
        this.ledger = ledger;
        this.bookkeeping = bookkeeping;
        this.books = books;
        this.trash = trash;
        this.clock = clock;
    }

    @Test
    void factsOfOtherRoomsBecomeFigures() {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        Subject member = hub.member();
        hub.grant(member, file, Level.READ);
        download(member, file, SIZE);
        download(member, file, 10);
        lease(member, file, 400);
        report(member, file, "t".repeat(22), TransferReported.State.RUNNING, 400, 100);

        Overview seen = overviews.of(member);

        assertThat(seen.egressBytes()).isEqualTo(SIZE + 10 + 400);
        assertThat(seen.hub()).isEqualTo(new Overview.Hub(SIZE + 10, 1));
        assertThat(seen.mesh().fromHubBytes()).isEqualTo(400);
        assertThat(seen.mesh().fromPeersBytes()).isEqualTo(100);
        assertThat(seen.mesh().transfers()).isEqualTo(1);
        assertThat(seen.offload()).isEqualTo(100.0 / (SIZE + 10 + 400 + 100));
        assertThat(seen.transfers()).extracting(Overview.TransferEntry::model).containsExactly("automatic", "hub");
        assertThat(seen.resources()).singleElement().satisfies(resource -> {
            assertThat(resource.name()).isEqualTo("file.bin");
            assertThat(resource.hubDownloads()).isEqualTo(1);
            assertThat(resource.meshFromHub()).isEqualTo(400);
            assertThat(resource.meshFromPeers()).isEqualTo(100);
        });
        assertThat(overviews.of(hub.member()).transfers()).isEmpty();
    }

    @Test
    void whoeverSaysToHaveGivenMoreThanAnybodyTookIsShown() {
        // A content of its own: balances are kept by content, and the hub is shared with other tests.
        Resource file =
                hub.file("given and taken".repeat(SIZE).substring(0, SIZE).getBytes(StandardCharsets.UTF_8));
        Subject member = hub.member();
        hub.grant(member, file, Level.READ);
        report(member, file, "t".repeat(22), TransferReported.State.COMPLETED, 0, SIZE);
        upload(member, file, SIZE);
        assertThat(overviews.of(member).resources()).singleElement().satisfies(resource -> {
            assertThat(resource.peersGave()).isEqualTo(SIZE);
            assertThat(resource.peersTook()).isEqualTo(SIZE);
            assertThat(resource.discrepancy()).isNull();
        });

        upload(member, file, SIZE + 2 * UploadBalances.UNDER_WAY);
        assertThat(overviews.of(member).resources()).singleElement().satisfies(resource -> assertThat(
                        resource.discrepancy())
                .startsWith("Self-reported: peers say they gave")
                .contains("and took 1,000"));
        assertThat(overviews.of(hub.member()).resources()).isEmpty();
    }

    @Test
    void aNameIsSeenByItsOwnerAndByAdministratorsOnly() {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        Subject one = hub.member();
        Subject other = hub.member();
        hub.grant(one, file, Level.READ);
        hub.grant(other, file, Level.READ);
        download(one, file, SIZE);

        assertThat(memberIn(overviews.of(one), file)).isEqualTo(one.name());
        assertThat(memberIn(overviews.of(other), file)).isEqualTo("another member");
        assertThat(memberIn(overviews.of(hub.administrator()), file)).isEqualTo(one.name());
    }

    @Test
    void whatIsWithdrawnIsGoneAndItsBytesToo() {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        Subject member = hub.member();
        hub.grant(member, file, Level.READ);
        download(member, file, SIZE);
        hub.withdraw(member, file);

        Overview seen = overviews.of(member);

        assertThat(seen.transfers()).isEmpty();
        assertThat(seen.resources()).isEmpty();
        assertThat(seen.egressBytes()).isZero();
        assertThat(seen.offload()).isNull();
    }

    @Test
    void whatADeletedFileCostStaysCounted() {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        download(hub.administrator(), file, SIZE);
        Overview before = overviews.of(hub.administrator());
        trash.delete(hub.administrator(), file.id(), Expected.ANY);

        Overview after = overviews.of(hub.administrator());

        assertThat(after.egressBytes()).isEqualTo(before.egressBytes());
        assertThat(memberIn(after, file)).isEqualTo("Administrator");
        assertThat(after.transfers())
                .filteredOn(transfer -> transfer.resource().equals(file.id().toString()))
                .extracting(Overview.TransferEntry::name)
                .containsExactly("file.bin");
    }

    @Test
    void everythingThatIsOverIsWrittenDown() {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        Subject member = hub.member();
        download(member, file, SIZE);
        report(member, file, "w".repeat(22), TransferReported.State.COMPLETED, 0, SIZE);
        ledger.close();
        bookkeeping.save();

        Counters kept = Objects.requireNonNull(books.kept().counters().get(file.id()));
        assertThat(kept.hubBytes()).isEqualTo(SIZE);
        assertThat(kept.peerBytes()).isEqualTo(SIZE);
        assertThat(kept.savedBytes()).isEqualTo(SIZE);
        assertThat(kept.meshDownloads()).isEqualTo(1);
        assertThat(books.kept().over())
                .filteredOn(transfer -> transfer.resource().equals(file.id()))
                .extracting(Transfer::model)
                .containsExactlyInAnyOrder(Transfer.Model.HUB, Transfer.Model.AUTOMATIC);
    }

    @Test
    void aPeerThatLeavesIsNoPeerAnyMore() {
        PeerId peer = new PeerId("z".repeat(22));
        events.publishEvent(new PeerLeft(peer, hub.member().accountId(), clock.instant()));

        assertThat(overviews.of(hub.administrator()).peers())
                .extracting(Overview.PeerEntry::peer)
                .doesNotContain(peer.value());
    }

    private static String memberIn(Overview overview, Resource file) {
        return overview.transfers().stream()
                .filter(transfer -> transfer.resource().equals(file.id().toString()))
                .map(Overview.TransferEntry::member)
                .findFirst()
                .orElseThrow();
    }

    private static ContentId content(Resource file) {
        return Objects.requireNonNull(file.file()).contentId();
    }

    private void download(Subject member, Resource file, long bytes) {
        Instant now = clock.instant();
        reports.delivered(new HubDelivered(member.accountId(), file.id(), content(file), bytes, bytes == SIZE, now));
        if (bytes == SIZE) {
            reports.sent(new HubSent(member.accountId(), file.id(), content(file), bytes, now));
        }
    }

    private void lease(Subject member, Resource file, long bytes) {
        events.publishEvent(new LeaseServed(member.accountId(), file.id(), content(file), bytes, clock.instant()));
    }

    private void upload(Subject member, Resource file, long bytes) {
        reports.reported(new UploadReported(member.accountId(), "AB", content(file), bytes, clock.instant()));
    }

    private void report(
            Subject member, Resource file, String transfer, TransferReported.State state, long hubBytes, long peers) {
        Instant now = clock.instant();
        reports.reported(new TransferReported(
                member.accountId(),
                new PeerId("q".repeat(22)),
                file.id(),
                content(file),
                transfer,
                TransferReported.Model.AUTOMATIC,
                state,
                SIZE,
                0,
                hubBytes,
                peers,
                0,
                0,
                now,
                null,
                now));
    }
}
