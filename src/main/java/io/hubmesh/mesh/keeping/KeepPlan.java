package io.hubmesh.mesh.keeping;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whom to ask for a copy of one content, and whom to let go: as many copies as are wanted and no more, spread over accounts, and never on the
 * manager's own peers alone. Pure.
 */
final class KeepPlan {

    /** A peer, and what it would still give in bytes. */
    record Candidate(PeerId peer, AccountId account, long free) {}

    private final int wanted;
    private final AccountId manager;
    private final List<Candidate> copies;

    /**
     * @param copies who holds all of it, or was asked and fetches it
     * @param manager who wants it kept
     */
    KeepPlan(int wanted, AccountId manager, List<Candidate> copies) {
        this.wanted = wanted;
        this.manager = manager;
        this.copies = new ArrayList<>(copies);
    }

    /** Whether there are as many copies as are wanted, and one of them with somebody else than the manager. */
    boolean isMet() {
        return copies.size() >= wanted && copies.stream().anyMatch(this::isAnothers);
    }

    /** Those of the candidates who are to be asked. */
    List<PeerId> ask(List<Candidate> candidates) {
        List<Candidate> left = new ArrayList<>(candidates);
        List<PeerId> asked = new ArrayList<>();
        while (!isMet()) {
            boolean enough = copies.size() >= wanted;
            Candidate next = left.stream()
                    .filter(candidate -> !enough || isAnothers(candidate))
                    .min(Comparator.comparingLong(this::copiesOf)
                            .thenComparing(candidate -> !isAnothers(candidate))
                            .thenComparing(
                                    Comparator.comparingLong(Candidate::free).reversed())
                            .thenComparing(candidate -> candidate.peer().value()))
                    .orElse(null);
            if (next == null) {
                break;
            }
            left.remove(next);
            copies.add(next);
            asked.add(next.peer());
        }
        return asked;
    }

    /** Those of {@code releasable} who need not keep it any more; first where one account keeps several. */
    List<PeerId> release(List<Candidate> releasable) {
        List<Candidate> left = new ArrayList<>(releasable);
        List<PeerId> released = new ArrayList<>();
        while (copies.size() > wanted && !left.isEmpty()) {
            Candidate next = left.stream()
                    .max(Comparator.comparingLong(this::copiesOf)
                            .thenComparing(candidate -> !isAnothers(candidate))
                            .thenComparing(candidate -> candidate.peer().value()))
                    .orElseThrow();
            left.remove(next);
            if (copies.stream().anyMatch(copy -> !copy.equals(next) && isAnothers(copy))) {
                copies.remove(next);
                released.add(next.peer());
            }
        }
        return released;
    }

    private boolean isAnothers(Candidate copy) {
        return !copy.account().equals(manager);
    }

    private long copiesOf(Candidate candidate) {
        return copies.stream()
                .filter(copy -> copy.account().equals(candidate.account()))
                .count();
    }
}
