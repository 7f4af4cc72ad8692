package io.hubmesh.measurement.advisor;

import io.hubmesh.measurement.advisor.Advice.Recommendation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which model, and why. */
final class Recommending {

    /** A model that is quicker, or cheaper, by less than this part is not told apart: predictions are no nearer than that. */
    private static final double WORTH = 0.1;

    private final Environment environment;
    private final Prediction hub;
    private final Prediction peers;
    private final Prediction automatic;
    private final List<String> reasons = new ArrayList<>();

    private Recommending(Environment environment, List<Prediction> predictions) {
        this.environment = environment;
        this.hub = predictions.get(DeliveryModel.HUB.ordinal());
        this.peers = predictions.get(DeliveryModel.PEERS.ordinal());
        this.automatic = predictions.get(DeliveryModel.AUTOMATIC.ordinal());
    }

    static Recommendation of(Environment environment, List<Prediction> predictions, @Nullable Integer crossing) {
        Recommending recommending = new Recommending(environment, predictions);
        DeliveryModel model = recommending.choose();
        recommending.mentionCrossing(crossing);
        recommending.mentionSecurity(model);
        recommending.mentionStability(model);
        return new Recommendation(model, List.copyOf(recommending.reasons));
    }

    private DeliveryModel choose() {
        if (environment.sensitivity() == Sensitivity.CONFIDENTIAL) {
            reasons.add("Readers may not learn of each other, and in the mesh each sees the others’ network addresses"
                    + " and keeps a copy to serve. That decides, whatever the figures say.");
            return DeliveryModel.HUB;
        }
        if (!environment.hasMesh()) {
            reasons.add("There are no two receivers that could give each other anything, so the hub sends everything.");
            return DeliveryModel.HUB;
        }
        Prediction mesh = automatic.waitSeconds() <= peers.waitSeconds() ? automatic : peers;
        if (isLess(mesh.waitSeconds(), hub.waitSeconds())) {
            Prediction chosen = withPeers();
            reasons.add(chosen.model().title() + ": everybody is done after " + Words.duration(chosen.seconds())
                    + " instead of " + Words.duration(hub.seconds()) + ", because receivers bring their own upload.");
            return withSaving(chosen);
        }
        if (isLess(hub.waitSeconds(), mesh.waitSeconds())) {
            reasons.add("The hub alone is quicker: " + Words.duration(hub.seconds()) + " instead of "
                    + Words.duration(mesh.seconds()) + ". Its line carries more than the receivers give each other.");
            mentionWhatPeersWouldSave();
            return DeliveryModel.HUB;
        }
        return chooseByCost();
    }

    private DeliveryModel chooseByCost() {
        reasons.add("In time they hardly differ: " + Words.duration(hub.seconds()) + " from the hub, "
                + Words.duration(peers.seconds()) + " from peers.");
        if (isLess(automatic.cost(), hub.cost()) || isLess(peers.cost(), hub.cost())) {
            return withSaving(withPeers());
        }
        reasons.add(
                "Nor in what they cost, so the simpler one is better: nobody has to join, nobody sees anybody’s address.");
        return DeliveryModel.HUB;
    }

    /** Automatic, unless peers alone are quicker, or save much more and take no longer. */
    private Prediction withPeers() {
        boolean quicker = isLess(peers.waitSeconds(), automatic.waitSeconds());
        boolean cheaper = isLess(peers.cost(), automatic.cost());
        boolean slower = isLess(automatic.waitSeconds(), peers.waitSeconds());
        return quicker || (cheaper && !slower) ? peers : automatic;
    }

    private DeliveryModel withSaving(Prediction chosen) {
        String before = Words.money(hub.cost());
        String now = Words.money(chosen.cost());
        String money = now.equals(before) ? "" : ", which costs " + now + " instead of " + before;
        reasons.add("The hub sends " + Words.copies(chosen.hubBytes(), environment) + " instead of "
                + Words.copies(hub.hubBytes(), environment) + " copies of the file" + money + ".");
        return chosen.model();
    }

    private void mentionWhatPeersWouldSave() {
        if (isLess(peers.cost(), hub.cost())) {
            reasons.add("Peers would save " + Words.money(hub.cost() - peers.cost()) + ". If that is worth "
                    + Words.duration(peers.seconds() - hub.seconds()) + " of waiting, choose them.");
        }
    }

    private void mentionCrossing(@Nullable Integer crossing) {
        if (crossing == null) {
            reasons.add("With no number of receivers up to " + Words.count(Advisor.MOST_RECEIVERS)
                    + " would peers be quicker than the hub here.");
        } else if (crossing <= environment.receivers()) {
            reasons.add("Peers are quicker from " + Words.count(crossing) + " receivers on; you have "
                    + Words.count(environment.receivers()) + ".");
        } else {
            reasons.add("Peers would be quicker from " + Words.count(crossing) + " receivers on; you have "
                    + Words.count(environment.receivers()) + ".");
        }
    }

    private void mentionSecurity(DeliveryModel model) {
        if (model == DeliveryModel.HUB) {
            reasons.add(
                    "Security: one place decides, sends and records; taking a permission away stops the next byte.");
        } else {
            reasons.add("Security: the hub’s permissions decide who may enter the swarm and every chunk is checked, but"
                    + " members who fetch it see each other’s network addresses, and a revoked one keeps what it has.");
        }
    }

    private void mentionStability(DeliveryModel model) {
        if (model == DeliveryModel.HUB) {
            reasons.add("Stability: everything hangs on the hub; while it is down nobody gets a byte.");
        } else {
            reasons.add("Stability: once one copy is out the mesh finishes without the hub; peers come and go, and "
                    + (model == DeliveryModel.AUTOMATIC
                            ? "where they bring nothing the hub takes over."
                            : "the hub helps only where they bring nothing."));
        }
    }

    private static boolean isLess(double one, double other) {
        return one < other * (1 - WORTH);
    }
}
