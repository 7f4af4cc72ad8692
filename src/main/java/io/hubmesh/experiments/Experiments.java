package io.hubmesh.experiments;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.experiments.events.ExperimentStarted;
import io.hubmesh.experiments.events.ExperimentStopped;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.mesh.TrialModel;
import io.hubmesh.mesh.Trials;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Experiments: who may run one, and what is kept of it. Whoever manages a file may run experiments with it; what came of one is shown to whoever
 * began it, and to administrators.
 */
@Service
public class Experiments {

    private final Library library;
    private final Blobs blobs;
    private final Accounts accounts;
    private final Trials trials;
    private final Conductor conductor;
    private final ExperimentRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Experiments(
            Library library,
            Blobs blobs,
            Accounts accounts,
            Trials trials,
            Conductor conductor,
            ExperimentRows rows,
            ApplicationEventPublisher events,
            Clock clock) {
        this.library = library;
        this.blobs = blobs;
        this.accounts = accounts;
        this.trials = trials;
        this.conductor = conductor;
        this.rows = rows;
        this.events = events;
        this.clock = clock;
    }

    /** A browser that could be a receiver. */
    public record Candidate(String peer, String who) {}

    /** One with all that is known of it. */
    public record Whole(
            Experiment experiment,
            String by,
            int runs,
            List<Outcome> outcomes,
            List<Figures> figures,
            @Nullable Live live) {}

    /** How one goes on now. */
    public record Live(@Nullable Run run, String phase, int runsDone, long egress, List<LiveReceiver> receivers) {}

    /**
     * Whom an experiment with that file could ask: peers whose people agreed, and who may fetch and serve it.
     *
     * @throws ProblemException not-found without READ, forbidden without MANAGE, not-a-file
     */
    public List<Candidate> candidates(Subject subject, ResourceId id) {
        Resource.FileVersion file = Objects.requireNonNull(
                library.requireFile(subject, id, Level.MANAGE).file());
        return trials.volunteers(id, file.contentId(), file.size()).stream()
                .map(one -> new Candidate(one.peer().value(), nameOf(one.account())))
                .toList();
    }

    /**
     * Begins one.
     *
     * @param wanted asked once the subject is known to manage the file
     * @throws ProblemException not-found without READ, forbidden without MANAGE, not-a-file, peer-delivery-off when a model needs peers, invalid-value,
     *     already-running
     */
    public Experiment begin(Subject subject, ResourceId id, @Nullable String name, Supplier<Settings> wanted) {
        Resource resource = library.requireFile(subject, id, Level.MANAGE);
        Settings settings = wanted.get();
        Resource.FileVersion file = Objects.requireNonNull(resource.file());
        if (!resource.peerDelivery()) {
            throw new ProblemException(ProblemCode.PEER_DELIVERY_OFF);
        }
        if (file.size() == 0) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "The file is empty: there is nothing to deliver.");
        }
        Experiment experiment = new Experiment(
                UUID.randomUUID(),
                0,
                named(name == null || name.isBlank() ? resource.name() : name),
                subject.accountId(),
                new Experiment.Subject(
                        id,
                        resource.name(),
                        file.contentId(),
                        file.size(),
                        blobs.manifest(file.contentId()).chunkCount()),
                settings,
                machine(),
                Experiment.State.RUNNING,
                null,
                clock.instant(),
                null);
        conductor.start(experiment);
        events.publishEvent(new ExperimentStarted(
                experiment.id(), id, experiment.name(), settings.peers().size()));
        return experiment;
    }

    /** Ends it at once. What it has measured is kept. Nothing happens to one that is over. */
    public void stop(Subject subject, UUID id) {
        Experiment experiment = require(subject, id);
        if (conductor.stop(id)) {
            events.publishEvent(new ExperimentStopped(id, experiment.file().resource(), experiment.name()));
        }
    }

    public Whole one(Subject subject, UUID id) {
        Experiment experiment = require(subject, id);
        Optional<Conductor.Progress> now = conductor.progress(id);
        List<Outcome> outcomes = rows.runs(id);
        return new Whole(
                experiment,
                nameOf(experiment.owner()),
                Run.plan(experiment.settings()).size(),
                outcomes,
                Figures.of(experiment, outcomes),
                now.map(this::live).orElse(null));
    }

    /** The bounds of one run; empty when nobody was ready. */
    public static Optional<Bounds> bounds(Experiment experiment, Outcome outcome) {
        return Figures.bounds(experiment, outcome);
    }

    /** The newest first: for an administrator all, for others their own. */
    public List<Experiment> newest(Subject subject, Instant before, UUID beforeId, int most) {
        return rows.newest(subject.isAdministrator() ? null : subject.accountId(), before, beforeId, most);
    }

    /** @throws ProblemException not-found, invalid-value, precondition-failed when the version is not the present one */
    public Experiment rename(Subject subject, UUID id, String name, long version) {
        require(subject, id);
        if (!rows.rename(id, named(name), version)) {
            throw new ProblemException(ProblemCode.PRECONDITION_FAILED);
        }
        return require(subject, id);
    }

    /** @throws ProblemException not-found, already-running when it is not over */
    public void delete(Subject subject, UUID id) {
        require(subject, id);
        if (conductor.progress(id).isPresent()) {
            throw new ProblemException(ProblemCode.ALREADY_RUNNING, "The experiment is running. Stop it first.");
        }
        rows.delete(id);
    }

    /** The models that may be compared, in the order in which they are offered. */
    public static List<TrialModel> models() {
        return List.of(TrialModel.values());
    }

    private Live live(Conductor.Progress now) {
        Map<AccountId, Account> people = accounts.find(Set.copyOf(now.people().values()));
        List<LiveReceiver> receivers = now.receivers().stream()
                .map(receiver -> {
                    AccountId account = now.people().get(receiver.peer());
                    return LiveReceiver.of(receiver, account == null ? null : people.get(account));
                })
                .toList();
        return new Live(now.run(), now.phase(), now.runsDone(), now.egress(), receivers);
    }

    private Experiment require(Subject subject, UUID id) {
        return rows.find(id)
                .filter(found -> subject.isAdministrator() || found.owner().equals(subject.accountId()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    private String nameOf(AccountId account) {
        return accounts.find(account).map(Account::displayName).orElse("somebody who is gone");
    }

    private static String named(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > Experiment.LONGEST_NAME) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "A name has 1 to " + Experiment.LONGEST_NAME + " characters.");
        }
        return stripped;
    }

    private static Experiment.Machine machine() {
        String version = Experiments.class.getPackage().getImplementationVersion();
        return new Experiment.Machine(
                version == null ? "not packaged" : version,
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
    }
}
