package io.hubmesh.measurement.advisor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the advisor.
 *
 * @param predictions client-server, peer-to-peer and automatic, in this order
 * @param crossingReceivers the least number of receivers with which peers are quicker than the hub; null when there is none up to
 *     {@value Advisor#MOST_RECEIVERS}
 * @param sources where the efficiency of each model is from, in the order of the predictions
 * @param unknowns what cannot be predicted
 * @param differences what the two architectures' textbook differences mean here
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Advice(
        Environment environment,
        List<Prediction> predictions,
        @Nullable Integer crossingReceivers,
        Recommendation recommendation,
        List<String> sources,
        List<String> unknowns,
        List<Difference> differences,
        List<CurvePoint> curve) {

    /** @param reasons sentences, the weightiest first */
    public record Recommendation(DeliveryModel model, List<String> reasons) {}

    /** One aspect, for each architecture. */
    public record Difference(String aspect, String clientServer, String peerToPeer) {}

    /** Expected seconds until everybody has the file, were there so many receivers. */
    public record CurvePoint(int receivers, double hubSeconds, double peersSeconds, double automaticSeconds) {}

    /** The prediction of one model. */
    public Prediction of(DeliveryModel model) {
        return predictions.get(model.ordinal());
    }
}
