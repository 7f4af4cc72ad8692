package io.hubmesh.measurement.advisor;

/**
 * What one model is expected to do in an environment.
 *
 * @param boundSeconds least time from the first request until everybody has the file
 * @param efficiency what the part of it after the last request is divided by: see {@link Efficiency#factor}
 * @param seconds expected time from the first request until everybody has the file
 * @param waitSeconds the part of it after the last request
 * @param hubBytes what the hub sends of the file
 * @param relayedBytes bytes between peers that a relay sends again
 * @param cost of both, at the environment's price
 * @param offload verified bytes from peers divided by all, 0 to 1
 */
public record Prediction(
        DeliveryModel model,
        double boundSeconds,
        double efficiency,
        double seconds,
        double waitSeconds,
        long hubBytes,
        long relayedBytes,
        double cost,
        double offload) {

    private static final double GIGABYTE = 1e9;

    static Prediction of(DeliveryModel model, Environment environment, Efficiency efficiency) {
        double bound = Bounds.seconds(model, environment);
        double wait = (bound - environment.spreadSeconds()) / efficiency.factor();
        double all = (double) environment.receivers() * environment.sizeBytes();
        double hub = Math.min(all, Bounds.hubBytes(model, environment) * efficiency.egressFactor());
        double reached = environment.directShare() + environment.relayedShare();
        double relayed = reached == 0 ? 0 : (all - hub) * environment.relayedShare() / reached;
        return new Prediction(
                model,
                bound,
                efficiency.factor(),
                environment.spreadSeconds() + wait,
                wait,
                Math.round(hub),
                Math.round(relayed),
                (hub + relayed) / GIGABYTE * environment.pricePerGigabyte(),
                1 - hub / all);
    }
}
