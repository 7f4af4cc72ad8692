package io.hubmesh.measurement.advisor;

import java.util.Optional;

/** What this hub's own experiments have shown; the advisor believes it before anything that was shipped. */
@FunctionalInterface
public interface OwnExperiments {

    /** The efficiency of a model, of the experiments nearest to so many receivers; empty when there is none. */
    Optional<Efficiency> efficiencyOf(DeliveryModel model, int receivers);
}
