package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Thing;
import io.hubmesh.experiments.events.ExperimentStarted;
import io.hubmesh.experiments.events.ExperimentStopped;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who had browsers deliver a file to each other to measure it. */
@Component
class ExperimentFacts {

    private final Journal journal;

    ExperimentFacts(Journal journal) {
        this.journal = journal;
    }

    @EventListener
    void on(ExperimentStarted started) {
        journal.soon(journal.entry(Action.EXPERIMENT_STARTED, Thing.resource(started.resource(), null))
                .saying("experiment", started.experiment())
                .saying("receivers", started.receivers()));
    }

    @EventListener
    void on(ExperimentStopped stopped) {
        journal.soon(journal.entry(Action.EXPERIMENT_STOPPED, Thing.resource(stopped.resource(), null))
                .saying("experiment", stopped.experiment()));
    }
}
