package io.hubmesh.measurement.advisor;

import io.hubmesh.measurement.advisor.OwnExperiments.Measured;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** By this hub's own experiments where they are near enough, else by what was shipped. */
final class MeasuredEfficiencies implements Efficiencies {

    /** By how many times more, or fewer, receivers an own experiment may differ from what is asked; what was shipped is nearer then. */
    private static final int NEAR = 10;

    /** Of a shorter run too much is starting up, which a longer one does not repeat. In seconds. */
    private static final double LONG_ENOUGH = 5;

    private final ShippedMeasurements shipped;
    private final Map<DeliveryModel, NavigableMap<Integer, Efficiency>> own = new EnumMap<>(DeliveryModel.class);

    /** @param measured the newest first: of two with as many receivers the newer one counts */
    MeasuredEfficiencies(ShippedMeasurements shipped, List<Measured> measured) {
        this.shipped = shipped;
        measured.stream().filter(each -> each.seconds() >= LONG_ENOUGH).forEach(each -> own.computeIfAbsent(
                        each.model(), model -> new TreeMap<>())
                .putIfAbsent(each.receivers(), of(each)));
    }

    @Override
    public Efficiency of(DeliveryModel model, Environment environment) {
        int receivers = environment.receivers();
        if (Bounds.isFromHub(model, environment)) {
            return near(DeliveryModel.HUB, receivers).orElse(Efficiency.UNMEASURED);
        }
        double leaving = 1 - environment.stayingShare();
        return near(model, receivers)
                .map(found -> found.with(shipped.churn(leaving)))
                .orElseGet(() -> shipped.ofPeers(receivers, leaving));
    }

    /** In a short run a limited line is ahead by what it may send at once; nobody beats the bound in the long run. */
    private static Efficiency of(Measured each) {
        Environment environment = each.environment();
        return new Efficiency(
                Math.min(1, Bounds.seconds(each.model(), environment) / each.seconds()),
                each.egress() / Bounds.hubBytes(each.model(), environment),
                "this hub’s own experiment of " + each.on() + " with "
                        + (each.receivers() == 1 ? "1 receiver" : each.receivers() + " receivers"));
    }

    private Optional<Efficiency> near(DeliveryModel model, int receivers) {
        return nearest(model, receivers)
                .filter(found -> distance(found.getKey(), receivers) <= NEAR)
                .map(Map.Entry::getValue);
    }

    private Optional<Map.Entry<Integer, Efficiency>> nearest(DeliveryModel model, int receivers) {
        NavigableMap<Integer, Efficiency> known = own.get(model);
        if (known == null) {
            return Optional.empty();
        }
        Map.@Nullable Entry<Integer, Efficiency> fewer = known.floorEntry(receivers);
        Map.@Nullable Entry<Integer, Efficiency> more = known.ceilingEntry(receivers);
        if (fewer == null || more == null) {
            return Optional.of(Objects.requireNonNull(fewer == null ? more : fewer));
        }
        boolean isFewerNearer = distance(fewer.getKey(), receivers) <= distance(more.getKey(), receivers);
        return Optional.of(isFewerNearer ? fewer : more);
    }

    /** How many times the greater is the smaller. */
    private static double distance(int one, int other) {
        return (double) Math.max(one, other) / Math.min(one, other);
    }
}
