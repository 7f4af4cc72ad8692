package io.hubmesh.measurement;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.mesh.Mesh;
import io.hubmesh.mesh.PeerView;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Tells everybody what they may see: an administrator all of it; a member what concerns resources they may read, their own
 * peers, and nobody's name but their own.
 */
@Service
public class Overviews {

    /** What a page shows. */
    static final int MOST_TRANSFERS = 50;

    /** What a page shows; the totals are over all of them. */
    static final int MOST_RESOURCES = 200;

    /** What a graph can show. */
    static final int MOST_LINKS = 600;

    private final Ledger ledger;
    private final Library library;
    private final Accounts accounts;
    private final Mesh mesh;
    private final MeasurementSettingsBook settings;

    Overviews(Ledger ledger, Library library, Accounts accounts, Mesh mesh, MeasurementSettingsBook settings) {
        this.ledger = ledger;
        this.library = library;
        this.accounts = accounts;
        this.mesh = mesh;
        this.settings = settings;
    }

    /** Grows whenever something was delivered; says nothing about peers that come and go, or about permissions. */
    public long version() {
        return ledger.version();
    }

    public Overview of(Subject subject) {
        return look().apply(subject);
    }

    /** One look at what was counted, of which several people can be told. */
    public Function<Subject, Overview> look() {
        Snapshot snapshot = ledger.snapshot();
        return subject -> of(subject, snapshot);
    }

    private Overview of(Subject subject, Snapshot snapshot) {
        Set<ResourceId> delivered = new HashSet<>(snapshot.counters().keySet());
        snapshot.transfers().forEach(transfer -> delivered.add(transfer.resource()));
        Map<ResourceId, Resource> readable = library.readable(subject, delivered);
        boolean all = subject.isAdministrator();
        Counters total = snapshot.counters().entrySet().stream()
                .filter(entry -> all || readable.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Counters.NONE, Counters::plus);
        List<Transfer> transfers = snapshot.transfers().stream()
                .filter(transfer -> all || readable.containsKey(transfer.resource()))
                .toList();
        List<PeerView> present = mesh.peers();
        List<PeerView> peers = present.stream()
                .filter(peer -> all || peer.account().equals(subject.accountId()))
                .toList();
        List<Transfer> newest = transfers.stream().limit(MOST_TRANSFERS).toList();
        OverviewEntries entries = new OverviewEntries(named(subject, peers, newest));
        return new Overview(
                snapshot.at(),
                total.egressBytes(),
                total.savedBytes(),
                settings.now().price(),
                new Overview.Hub(total.hubBytes(), total.hubDownloads()),
                totals(total, present.size(), transfers, all ? mesh.lostLinks() : Map.of()),
                offload(total),
                CompletionTimes.of(transfers),
                peers.stream().map(entries::of).toList(),
                links(peers),
                newest.stream()
                        .map(transfer -> entries.of(transfer, readable.get(transfer.resource())))
                        .toList(),
                resources(snapshot, readable));
    }

    /** Those that an administrator is told by name; a member is told their own. */
    private Map<AccountId, Account> named(Subject subject, List<PeerView> peers, List<Transfer> transfers) {
        if (!subject.isAdministrator()) {
            return accounts.find(Set.of(subject.accountId()));
        }
        Set<AccountId> shown = new HashSet<>();
        peers.forEach(peer -> shown.add(peer.account()));
        transfers.forEach(transfer -> shown.add(transfer.key().account()));
        return accounts.find(shown);
    }

    /** Never above 1, because no count is below 0; null when there is nothing to divide. */
    static @Nullable Double offload(Counters total) {
        double bytes = (double) total.egressBytes() + total.peerBytes();
        return bytes == 0 ? null : total.peerBytes() / bytes;
    }

    private static Overview.MeshTotals totals(
            Counters total, int peers, List<Transfer> transfers, Map<String, Long> lostLinks) {
        long running = transfers.stream()
                .filter(transfer -> !transfer.state().isOver())
                .count();
        return new Overview.MeshTotals(
                total.leaseBytes(),
                total.peerBytes(),
                total.relayedBytes(),
                total.wastedBytes(),
                peers,
                running,
                lostLinks);
    }

    /** Those of the peers that may be seen: to a member, of their own. */
    private List<Overview.LinkEntry> links(List<PeerView> peers) {
        return mesh.links(peers.stream().map(PeerView::peer).toList(), MOST_LINKS).stream()
                .map(OverviewEntries::of)
                .toList();
    }

    private List<Overview.ResourceEntry> resources(Snapshot snapshot, Map<ResourceId, Resource> readable) {
        Map<ResourceId, Counters> counters = snapshot.counters();
        List<Resource> shown = readable.values().stream()
                .filter(resource -> counters.containsKey(resource.id()) && !resource.isFolder())
                .sorted(Comparator.comparing((Resource resource) -> Objects.requireNonNull(counters.get(resource.id()))
                                .changedAt())
                        .reversed())
                .limit(MOST_RESOURCES)
                .toList();
        Map<ContentId, Integer> holders =
                mesh.peersHolding(shown.stream().map(Overviews::content).collect(Collectors.toSet()));
        return shown.stream()
                .map(resource -> OverviewEntries.of(
                        resource,
                        Objects.requireNonNull(counters.get(resource.id())),
                        holders.getOrDefault(content(resource), 0),
                        snapshot.uploads().getOrDefault(content(resource), UploadBalances.Balance.NONE)))
                .toList();
    }

    private static ContentId content(Resource resource) {
        return Objects.requireNonNull(resource.file()).contentId();
    }
}
