package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Thing;
import io.hubmesh.measurement.events.MeasurementSettingsChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What administrators changed about measuring. */
@Component
class MeasurementFacts {

    private final Journal journal;

    MeasurementFacts(Journal journal) {
        this.journal = journal;
    }

    @EventListener
    void on(MeasurementSettingsChanged changed) {
        Integer days = changed.keepDaysForDays();
        journal.now(journal.entry(Action.SETTINGS_CHANGED, Thing.of(Thing.Kind.SETTINGS, "measurement"))
                .saying("price", changed.price() == null ? "none" : changed.price())
                .saying("keepMinutesForHours", changed.keepMinutesForHours())
                .saying("keepHoursForDays", changed.keepHoursForDays())
                .saying("keepDaysForDays", days == null ? "for ever" : days));
    }
}
