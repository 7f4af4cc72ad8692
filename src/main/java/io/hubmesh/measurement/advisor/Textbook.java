package io.hubmesh.measurement.advisor;

import io.hubmesh.kernel.Bytes;
import io.hubmesh.measurement.advisor.Advice.Difference;
import java.util.ArrayList;
import java.util.List;

/** What the textbooks say of the two architectures, with what it means in an environment. */
final class Textbook {

    private Textbook() {}

    static List<Difference> differences(Environment of, List<Prediction> predictions) {
        Prediction hub = predictions.get(DeliveryModel.HUB.ordinal());
        Prediction peers = predictions.get(DeliveryModel.PEERS.ordinal());
        return List.of(roles(of), cost(of, hub, peers), security(of), stability(of), scaling(of));
    }

    private static Difference roles(Environment of) {
        return new Difference(
                "Roles",
                "The hub waits; " + receivers(of) + " ask and get. They give nothing.",
                "Each of " + receivers(of)
                        + " is provider and consumer, with the same potential and privileges: together they"
                        + " bring " + Words.rate(of.reachable() * of.uploadBytesPerSecond())
                        + " of upload, the hub " + Words.rate(of.hubUploadBytesPerSecond()) + ".");
    }

    private static Difference cost(Environment of, Prediction hub, Prediction peers) {
        return new Difference(
                "Cost",
                "The hub sends " + copies(hub, of) + ": " + Bytes.inWords(hub.hubBytes()) + money(of, hub)
                        + ". A central server is dear to run.",
                "The hub sends " + copies(peers, of) + ": " + Bytes.inWords(peers.hubBytes())
                        + (peers.relayedBytes() > 0 ? " and a relay " + Bytes.inWords(peers.relayedBytes()) : "")
                        + money(of, peers)
                        + ". The rest is the receivers’ upload, disk and processing, which somebody pays, too.");
    }

    private static Difference security(Environment of) {
        String shown =
                switch (of.sensitivity()) {
                    case PUBLIC -> "For what anybody may have that matters little.";
                    case INTERNAL -> "That is opt-in, and can be switched off for each resource.";
                    case CONFIDENTIAL -> "For this content that is too much: switch peer delivery off for it.";
                };
        return new Difference(
                "Security",
                "One database of accounts; nobody gets more than an administrator granted; all of it is in one audit.",
                "Plain peer-to-peer has no central security. Here the hub’s permissions still decide, and chunks are checked"
                        + " against its manifest; but receivers see each other’s addresses. " + shown);
    }

    private static Difference stability(Environment of) {
        return new Difference(
                "Stability",
                "As stable as the hub: while it is down, nobody gets anything.",
                "Goes on without the hub once one copy is out, but depends on people: "
                        + Words.share(1 - of.stayingShare()) + " leave early here, and "
                        + Words.share(Math.max(0, 1 - of.directShare() - of.relayedShare())) + " reach no peer.");
    }

    private static Difference scaling(Environment of) {
        Environment ten = of.withReceivers(Math.min(Advisor.MOST_RECEIVERS, 10 * of.receivers()));
        String many = Words.count(Math.round((double) ten.receivers() / of.receivers())) + " times as many take ";
        return new Difference(
                "Scaling",
                "Time and cost grow with the receivers: " + many + factor(DeliveryModel.HUB, of, ten)
                        + " the least time. More hubs and lines help, and cost money.",
                "Each receiver brings upload: " + many + factor(DeliveryModel.PEERS, of, ten)
                        + " the least time. Control traffic grows with the swarm, a little; one weak line or one"
                        + " early leaver costs more than it does a server.");
    }

    static List<String> unknowns(Environment of) {
        List<String> all = new ArrayList<>();
        all.add("Whether receivers have these rates to themselves: a house, a school or a radio cell shares one line,"
                + " and other traffic uses the hub’s.");
        all.add(
                "Whether browsers keep up: checking and storing chunks takes processor time, and phones send slowly when nobody looks.");
        all.add("How people behave: who closes the page early, and when requests really come.");
        if (of.relayedShare() > 0) {
            all.add("The relay’s own line: relayed bytes are priced like the hub’s, but not reckoned in the times.");
        }
        if (of.spreadSeconds() > 0) {
            all.add("Whether requests come evenly: in a rush the figures are nearer to those of one moment.");
        }
        all.add(
                "The price in the end: prices of traffic have steps and free shares, and machines cost even when idle.");
        return all;
    }

    private static String receivers(Environment of) {
        return of.receivers() == 1 ? "1 receiver" : Words.count(of.receivers()) + " receivers";
    }

    private static String copies(Prediction prediction, Environment of) {
        String copies = Words.copies(prediction.hubBytes(), of);
        return copies + (copies.equals("1") ? " copy" : " copies");
    }

    private static String money(Environment of, Prediction prediction) {
        return of.pricePerGigabyte() == 0 ? "" : ", at your price " + Words.money(prediction.cost());
    }

    private static String factor(DeliveryModel model, Environment of, Environment ten) {
        double factor = Bounds.seconds(model, ten) / Bounds.seconds(model, of);
        return String.format(java.util.Locale.ROOT, "%.1f times", factor);
    }
}
