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
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    private static final String SOMEBODY = "another member";
    private static final String DELETED = "(deleted)";

    private final Ledger ledger;
    private final Library library;
    private final Accounts accounts;
    private final Mesh mesh;

    Overviews(Ledger ledger, Library library, Accounts accounts, Mesh mesh) {
        this.ledger = ledger;
        this.library = library;
        this.accounts = accounts;
        this.mesh = mesh;
    }

    /** Grows whenever something was delivered; says nothing about peers that come and go, or about permissions. */
    public long version() {
        return ledger.version();
    }

    public Overview of(Subject subject) {
        Snapshot snapshot = ledger.snapshot();
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
        Names names = new Names(subject, accounts);
        List<PeerView> peers = mesh.peers();
        return new Overview(
                snapshot.at(),
                total.egressBytes(),
                new Overview.Hub(total.hubBytes(), total.hubDownloads()),
                totals(total, peers.size(), transfers, all ? mesh.lostLinks() : Map.of()),
                offload(total),
                peers.stream()
                        .filter(peer -> all || peer.account().equals(subject.accountId()))
                        .map(peer -> entry(peer, names))
                        .toList(),
                transfers.stream()
                        .limit(MOST_TRANSFERS)
                        .map(transfer -> entry(transfer, readable.get(transfer.resource()), names))
                        .toList(),
                resources(snapshot, readable));
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
                .map(resource -> entry(
                        resource,
                        Objects.requireNonNull(counters.get(resource.id())),
                        holders.getOrDefault(content(resource), 0),
                        snapshot.uploads().getOrDefault(content(resource), UploadBalances.Balance.NONE)))
                .toList();
    }

    private static ContentId content(Resource resource) {
        return Objects.requireNonNull(resource.file()).contentId();
    }

    private static Overview.ResourceEntry entry(
            Resource resource, Counters counters, int holders, UploadBalances.Balance uploads) {
        return new Overview.ResourceEntry(
                resource.id().toString(),
                resource.name(),
                Objects.requireNonNull(resource.file()).size(),
                counters.hubBytes(),
                counters.hubDownloads(),
                counters.leaseBytes(),
                counters.peerBytes(),
                counters.relayedBytes(),
                counters.meshDownloads(),
                holders,
                uploads.gave(),
                uploads.took(),
                uploads.discrepancy());
    }

    private static Overview.PeerEntry entry(PeerView peer, Names names) {
        return new Overview.PeerEntry(peer.peer().toString(), names.of(peer.account()), peer.joinedAt(), peer.swarms());
    }

    private static Overview.TransferEntry entry(Transfer transfer, @Nullable Resource resource, Names names) {
        String remembered = transfer.name().isEmpty() ? DELETED : transfer.name();
        return new Overview.TransferEntry(
                transfer.key().transfer(),
                word(transfer.model()),
                transfer.resource().toString(),
                resource == null ? remembered : resource.name(),
                names.of(transfer.key().account()),
                transfer.size(),
                transfer.held(),
                transfer.fromHub(),
                transfer.fromPeers(),
                transfer.relayed(),
                transfer.wasted(),
                word(transfer.state()),
                transfer.startedAt(),
                transfer.updatedAt(),
                millis(transfer.firstByte()),
                millis(transfer.duration()),
                transfer.discrepancy());
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Display names as the one who asks may see them; each looked up once. */
    private static final class Names {
        private final Subject subject;
        private final Accounts accounts;
        private final Map<AccountId, String> known = new HashMap<>();

        Names(Subject subject, Accounts accounts) {
            this.subject = subject;
            this.accounts = accounts;
        }

        String of(AccountId account) {
            return subject.isAdministrator() || account.equals(subject.accountId())
                    ? known.computeIfAbsent(
                            account,
                            id -> accounts.find(id).map(Account::displayName).orElse(SOMEBODY))
                    : SOMEBODY;
        }
    }
}
