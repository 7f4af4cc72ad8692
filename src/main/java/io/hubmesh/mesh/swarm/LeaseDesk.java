package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.events.TransferReported.Model;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Who holds what of one content, and which chunks the hub sends to whom: the rules of src/docs/protocol.md, "Leases".
 * Times in milliseconds. Pure: handed the time and chance, and not safe for threads. Peers that are not in it change nothing.
 */
final class LeaseDesk {

    /** Chunks granted, in the order in which they are to be fetched; when there are none, when to ask again. */
    record Answer(List<Integer> chunks, long retryAfterMillis) {}

    private final int chunks;
    private final int chunkSize;
    private final Supplier<LeasePolicy> policy;

    /** A whole number from 0 to one less than it is given. */
    private final IntUnaryOperator chance;

    private final Map<PeerId, Place> places = new HashMap<>();

    private final Holdings holdings;
    private final Pace pace;
    private final Grants grants;
    private final UploadRates rates = new UploadRates();

    /** Members that are shunned. */
    private int shunned;

    LeaseDesk(int chunks, int chunkSize, Supplier<LeasePolicy> policy, IntUnaryOperator chance) {
        this.chunks = chunks;
        this.chunkSize = chunkSize;
        this.policy = policy;
        this.chance = chance;
        this.holdings = new Holdings(chunks);
        this.pace = new Pace(chunkSize);
        this.grants = new Grants(pace);
    }

    /** How many members hold all or some. */
    int holders() {
        return holdings.holders();
    }

    /** Whether the peer is a member that holds every chunk. */
    boolean isFull(PeerId peer) {
        Place place = places.get(peer);
        return place != null && holdings.isFull(place);
    }

    /** A peer comes in, or comes again and holds more by now. */
    void enter(PeerId peer, BitSet have, long now) {
        List<Integer> news = have.stream().boxed().toList();
        if (places.containsKey(peer)) {
            have(peer, news, now);
        } else {
            Place place = new Place(now);
            places.put(peer, place);
            news.forEach(chunk -> holdings.add(place, chunk));
        }
    }

    void exit(PeerId peer) {
        Place place = places.remove(peer);
        if (place == null) {
            return;
        }
        dismiss(place);
        shunned -= place.shunned ? 1 : 0;
    }

    /** Nobody fetches from the peer any more: what it holds or has under lease is to come from others. */
    void shun(PeerId peer) {
        Place place = places.get(peer);
        if (place == null || place.shunned) {
            return;
        }
        dismiss(place);
        place.shunned = true;
        shunned++;
    }

    /** Others count on the member no more. */
    private void dismiss(Place place) {
        grants.endAll(place);
        if (!place.shunned) {
            rates.forget(place);
            holdings.remove(place);
        }
    }

    /** The peer has verified these chunks; those that it had no lease on have come from peers. */
    void have(PeerId peer, Collection<Integer> news, long now) {
        Place place = places.get(peer);
        if (place == null) {
            return;
        }
        place.heardAt = now;
        for (int chunk : news) {
            Grant grant = place.grants.get(chunk);
            if (grant != null) {
                grants.end(grant);
                holdings.add(place, chunk);
            } else if (holdings.add(place, chunk)) {
                place.gainedAt = now;
            }
        }
    }

    /** The hub has sent the peer a chunk that it has under lease; a second time changes nothing. */
    void sent(PeerId peer, int chunk, long now) {
        Place place = places.get(peer);
        Grant grant = place == null ? null : place.grants.get(chunk);
        if (grant != null && !grant.sent) {
            grant.sent = true;
            grant.holder.unsent--;
            pace.sent(grant, now);
        }
    }

    /** @param total bytes that the peer says it has served since it joined */
    void served(PeerId peer, long total, long now) {
        Place place = places.get(peer);
        if (place == null) {
            return;
        }
        place.heardAt = now;
        if (!place.shunned) {
            rates.reported(place, total, now);
        }
    }

    /** @param room how many chunks the peer takes now */
    Answer lease(PeerId peer, Model model, BitSet wanted, int room, long now) {
        Place place = places.get(peer);
        if (place == null) {
            return new Answer(List.of(), Limits.PATIENCE.toMillis());
        }
        place.heardAt = now;
        grants.expire(now);
        BitSet open = wanted.get(0, chunks);
        open.andNot(place.held);
        open.andNot(grants.chunks());
        List<Integer> granted = new ArrayList<>();
        int quota = quota(place, room, now);
        if (quota > 0 && !open.isEmpty()) {
            int start = chance.applyAsInt(chunks);
            holdings.unheld(open, start, quota).forEach(chunk -> granted.add(grants.grant(place, chunk, now)));
            int left = quota - granted.size();
            boolean helped = isHelped(place, model, now);
            int most = helped ? left : Math.min(left, credit(place, model));
            for (int chunk : holdings.rarest(open, start, most)) {
                granted.add(grants.grant(place, chunk, now));
                place.credited += helped ? 0 : 1;
            }
        }
        return new Answer(List.copyOf(granted), granted.isEmpty() ? retryAfter(place, open, now) : 0);
    }

    private int quota(Place place, int room, long now) {
        if (place.shunned && fetchers() > 0) {
            return 0;
        }
        int allowed = pace.allowed(now);
        int share = (int) Math.max(1, 2.0 * allowed / fetching() * rates.quotient(place));
        int unpaced = Math.min(room, Limits.LEASED_PER_PEER - place.grants.size());
        return Math.min(unpaced, Math.min(allowed - pace.onTheWay(now), share - place.unsent));
    }

    /** Whether the hub sends the asker what others hold, however much it is. */
    private boolean isHelped(Place place, Model model, long now) {
        boolean waitedInVain = waitsFor(place, now) <= 0 && holdings.coverAllWith(grants.chunks());
        return waitedInVain || (model == Model.AUTOMATIC && policy.get().isFast(fetching()));
    }

    /** Chunks that others hold and that the asker may have to begin with. */
    private int credit(Place place, Model model) {
        if (model != Model.AUTOMATIC) {
            return 0;
        }
        if ((long) chunks * chunkSize <= Limits.SMALL_CONTENT) {
            return chunks;
        }
        int members = places.size();
        int credit = members > Limits.CREDIT_MEMBERS ? 0 : chunks / (Limits.CREDIT_MEMBERS * members);
        return Math.max(0, credit - place.credited);
    }

    private long retryAfter(Place place, BitSet open, long now) {
        long polite = Limits.RETRY_PER_MEMBER.toMillis() * fetching();
        long soonest = fetching() == 1 && place.unsent > 0 ? polite : Limits.SOONEST_RETRY.toMillis();
        long retry = Math.max(soonest, Math.min(Limits.LATEST_RETRY.toMillis(), polite));
        long waits = waitsFor(place, now);
        return waits > 0 && holdings.areAmong(open) ? Math.min(waits, retry) : retry;
    }

    /** How long peers still have to bring the asker something before the hub helps out. */
    private long waitsFor(Place place, long now) {
        long bySize = Limits.PATIENCE_PER_MEMBER.toMillis() * fetching();
        long most = Math.min(Limits.LONGEST_PATIENCE.toMillis(), bySize);
        return place.gainedAt + Math.max(Limits.PATIENCE.toMillis(), most) - now;
    }

    /** Members that do not hold everything; whoever asks counts at least. */
    private int fetching() {
        return Math.max(1, fetchers());
    }

    /** Members that do not hold everything, without those that are shunned. */
    private int fetchers() {
        return places.size() - holdings.full() - shunned;
    }
}
