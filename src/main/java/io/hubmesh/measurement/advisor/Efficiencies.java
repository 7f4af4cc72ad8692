package io.hubmesh.measurement.advisor;

/** How near to its bound each model is expected to come. */
@FunctionalInterface
interface Efficiencies {

    Efficiency of(DeliveryModel model, Environment environment);
}
