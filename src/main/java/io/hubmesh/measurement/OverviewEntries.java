package io.hubmesh.measurement;

import io.hubmesh.accounts.Account;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.library.Resource;
import io.hubmesh.mesh.LinkView;
import io.hubmesh.mesh.PeerView;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Peers, links, transfers and resources as one person may see them; display names were looked up before. */
final class OverviewEntries {

    private static final String SOMEBODY = "another member";
    private static final String DELETED = "(deleted)";

    private final Map<AccountId, Account> known;

    /** @param known accounts by whose names the subject is told what is theirs */
    OverviewEntries(Map<AccountId, Account> known) {
        this.known = known;
    }

    Overview.PeerEntry of(PeerView peer) {
        return new Overview.PeerEntry(peer.peer().toString(), name(peer.account()), peer.joinedAt(), peer.swarms());
    }

    /** The hub sees who is linked with whom, and nothing of what goes over the link. */
    static Overview.LinkEntry of(LinkView link) {
        return new Overview.LinkEntry(
                link.a().toString(), link.b().toString(), link.content().hex(), null);
    }

    /** @param resource as it is now; null when the subject may not read it or it is gone */
    Overview.TransferEntry of(Transfer transfer, @Nullable Resource resource) {
        String remembered = transfer.name().isEmpty() ? DELETED : transfer.name();
        return new Overview.TransferEntry(
                transfer.key().transfer(),
                word(transfer.model()),
                transfer.resource().toString(),
                resource == null ? remembered : resource.name(),
                name(transfer.key().account()),
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

    static Overview.ResourceEntry of(
            Resource resource, Counters counters, int holders, UploadBalances.Balance uploads) {
        Resource.FileVersion file = Objects.requireNonNull(resource.file());
        return new Overview.ResourceEntry(
                resource.id().toString(),
                resource.name(),
                file.contentId().hex(),
                file.size(),
                counters.hubBytes(),
                counters.hubDownloads(),
                counters.leaseBytes(),
                counters.peerBytes(),
                counters.savedBytes(),
                counters.relayedBytes(),
                counters.meshDownloads(),
                holders,
                uploads.gave(),
                uploads.took(),
                uploads.discrepancy());
    }

    private String name(AccountId account) {
        Account told = known.get(account);
        return told == null ? SOMEBODY : told.displayName();
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
