package io.hubmesh.mesh.keeping;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.library.events.ContentReplaced;
import io.hubmesh.library.events.ResourceDeleted;
import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.keeping.KeepPlan.Candidate;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.wire.ToPeer;
import io.hubmesh.permissions.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionalEventListener;

/** Keeps files available on peers that give disk on request, as many copies as their managers want. */
@Service
public class Keeping {

    /** More copies than that help nobody who has a hub. */
    public static final int MOST_COPIES = 16;

    /** A peer that is away for less comes back by itself: a page that was loaded again, a short sleep. */
    static final Duration REPAIR_AFTER = Duration.ofSeconds(30);

    private final Library library;
    private final Admissions admissions;
    private final Registry registry;
    private final WishRows rows;
    private final Clock clock;
    private final Givers givers;

    /** Contents whose file may have been deleted; at the start all of them. */
    private final Set<ContentId> doubtful = new HashSet<>();

    /** Files that have another content, in the order in which it came. */
    private final List<ContentReplaced> renewed = new ArrayList<>();

    /** Contents that somebody has wanted until a moment ago. */
    private final Set<ContentId> over = new HashSet<>();

    /** Contents that once had their copies and now lack one, and since when. */
    private final Map<ContentId, Instant> shortSince = new HashMap<>();

    /** What is wanted; the rows are written behind it. */
    private final Map<ResourceId, Wish> wishes = new LinkedHashMap<>();

    private final ReentrantLock oneAtATime = new ReentrantLock();

    Keeping(Library library, Admissions admissions, Registry registry, WishRows rows, Clock clock) {
        this.library = library;
        this.admissions = admissions;
        this.registry = registry;
        this.rows = rows;
        this.clock = clock;
        this.givers = new Givers(registry);
        for (Wish wish : rows.all()) {
            wishes.put(wish.resource(), wish);
            doubtful.add(wish.content());
        }
    }

    /**
     * How a file stands.
     *
     * @throws ProblemException not-found without MANAGE, not-a-file
     */
    public KeptCopies of(Subject subject, ResourceId resource) {
        Resource found = library.requireFile(subject, resource, Level.MANAGE);
        ContentId content = Objects.requireNonNull(found.file()).contentId();
        return alone(() -> view(resource, content));
    }

    /**
     * Wants that many copies from now on; 0 for none.
     *
     * @throws ProblemException as {@link #of}, and invalid-value
     */
    public KeptCopies want(Subject subject, ResourceId resource, int copies) {
        Resource found = library.requireFile(subject, resource, Level.MANAGE);
        Resource.FileVersion file = Objects.requireNonNull(found.file());
        if (copies < 0 || copies > MOST_COPIES) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "Say how many copies: 0 to " + MOST_COPIES + ".");
        }
        return alone(() -> {
            if (copies == 0) {
                drop(resource);
            } else {
                Wish wish =
                        new Wish(resource, file.contentId(), file.size(), found.name(), copies, subject.accountId());
                rows.put(wish);
                wishes.put(resource, wish);
            }
            return view(resource, file.contentId());
        });
    }

    /** The peer says how much it would give now. */
    public void willing(Peer peer, long bytes) {
        alone(() -> {
            givers.willing(peer, bytes);
            return true;
        });
    }

    /** The peer has entered a swarm: what it may have been asked to keep while it was away, nobody may want any more. */
    public Optional<ToPeer> entered(PeerId peer, ContentId content) {
        return alone(() -> {
            Giver giver = givers.find(peer);
            boolean wanted =
                    wishes.values().stream().anyMatch(wish -> wish.content().equals(content));
            if (giver == null || wanted || giver.released.contains(content)) {
                return Optional.empty();
            }
            givers.release(peer, content);
            return Optional.of(new ToPeer.Unkeep(content));
        });
    }

    /** Whom to ask and whom to let go; to be called every few seconds. */
    public List<KeepOrder> tend() {
        return alone(() -> {
            renew();
            forgetDeleted();
            givers.lookAround(clock.instant());
            Map<ContentId, Wish> wanted = wishes.values().stream()
                    .collect(Collectors.toMap(
                            Wish::content,
                            Function.identity(),
                            BinaryOperator.maxBy(Comparator.comparingInt(Wish::copies)),
                            LinkedHashMap::new));
            shortSince.keySet().retainAll(wanted.keySet());
            List<KeepOrder> orders = new ArrayList<>(unwanted(wanted));
            wanted.values().forEach(wish -> orders.addAll(tend(wish)));
            return orders;
        });
    }

    /** Looked into by {@link #tend}: a listener after the commit cannot write. */
    @TransactionalEventListener(fallbackExecution = true)
    void on(ResourceDeleted deleted) {
        alone(() -> doubtful.addAll(deleted.contents()));
    }

    /** What is wanted of a file is wanted of its newest content. Done by {@link #tend} too. */
    @TransactionalEventListener(fallbackExecution = true)
    void on(ContentReplaced replaced) {
        alone(() -> renewed.add(replaced));
    }

    private void renew() {
        for (ContentReplaced replaced : renewed) {
            Wish wish = wishes.get(replaced.resource());
            if (wish != null && wish.content().equals(replaced.before())) {
                drop(wish.resource());
                Wish next = wish.of(replaced.after(), replaced.size());
                rows.put(next);
                wishes.put(next.resource(), next);
            }
        }
        renewed.clear();
    }

    private void forgetDeleted() {
        for (Wish wish : List.copyOf(wishes.values())) {
            if (doubtful.contains(wish.content())
                    && library.holding(wish.content()).stream()
                            .noneMatch(file -> file.id().equals(wish.resource()))) {
                drop(wish.resource());
            }
        }
        doubtful.clear();
    }

    private void drop(ResourceId resource) {
        rows.remove(resource);
        Wish dropped = wishes.remove(resource);
        if (dropped != null) {
            over.add(dropped.content());
        }
    }

    private List<KeepOrder> unwanted(Map<ContentId, Wish> wanted) {
        List<KeepOrder> orders = new ArrayList<>();
        over.removeAll(wanted.keySet());
        for (ContentId content : over) {
            givers.releasable(content).forEach(copy -> orders.add(release(copy.peer(), content)));
        }
        over.clear();
        return orders;
    }

    private List<KeepOrder> tend(Wish wish) {
        ContentId content = wish.content();
        List<KeepOrder> orders = new ArrayList<>();
        for (Candidate copy : givers.absent(content)) {
            if (!admissions.allows(copy.account(), wish.resource(), content)) {
                orders.add(release(copy.peer(), content));
            }
        }
        KeepPlan plan = new KeepPlan(wish.copies(), wish.by(), givers.copies(content));
        if (plan.isMet()) {
            shortSince.put(content, Instant.MAX);
            plan.release(givers.releasable(content)).forEach(peer -> orders.add(release(peer, content)));
        } else if (isTime(content)) {
            List<Candidate> candidates = givers.candidates(content, wish.size()).stream()
                    .filter(candidate -> admissions.allows(candidate.account(), wish.resource(), content))
                    .toList();
            plan.ask(candidates).forEach(peer -> orders.add(ask(peer, wish)));
        }
        return orders;
    }

    /** A new wish is seen to at once; a copy that has gone is missed for a while first. */
    private boolean isTime(ContentId content) {
        Instant now = clock.instant();
        Instant since = shortSince.get(content);
        if (since == null) {
            return true;
        }
        if (since.equals(Instant.MAX)) {
            shortSince.put(content, now);
            return false;
        }
        return !since.plus(REPAIR_AFTER).isAfter(now);
    }

    private KeepOrder ask(PeerId peer, Wish wish) {
        givers.ask(peer, wish.content(), wish.size(), clock.instant());
        return new KeepOrder(peer, new ToPeer.Keep(wish.resource(), wish.content(), wish.name()));
    }

    private KeepOrder release(PeerId peer, ContentId content) {
        givers.release(peer, content);
        return new KeepOrder(peer, new ToPeer.Unkeep(content));
    }

    private KeptCopies view(ResourceId resource, ContentId content) {
        Wish wish = wishes.get(resource);
        return new KeptCopies(
                wish == null ? 0 : wish.copies(), registry.holdersOfAll(content).size());
    }

    private <T> T alone(Supplier<T> task) {
        oneAtATime.lock();
        try {
            return task.get();
        } finally {
            oneAtATime.unlock();
        }
    }
}
