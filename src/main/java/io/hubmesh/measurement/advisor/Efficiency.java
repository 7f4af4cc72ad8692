package io.hubmesh.measurement.advisor;

/**
 * How near to its bound a model has come.
 *
 * @param factor bound divided by the time of the last receiver, above 0; above 1 only for peers whom the hub sent more than the one copy of their bound
 * @param egressFactor what the hub sent divided by the least that it has to send, 1 or more
 * @param source where the figures are from, for people
 */
public record Efficiency(double factor, double egressFactor, String source) {

    /** For want of any measurement: the bound itself. */
    static final Efficiency UNMEASURED =
            new Efficiency(1, 1, "nothing was measured, so the bound itself, which nobody beats");

    /** Where some leave meanwhile. */
    Efficiency with(Churn churn) {
        String both = churn.source().isEmpty() ? source : source + "; for those who leave: " + churn.source();
        return new Efficiency(factor * churn.factor(), egressFactor * churn.egressFactor(), both);
    }

    /**
     * What those who leave cost the others.
     *
     * @param source empty when nobody leaves
     */
    record Churn(double factor, double egressFactor, String source) {}
}
