package io.hubmesh.measurement.advisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Medians of the simulations in {@code src/docs/measurements}, for a hub that has measured nothing yet. */
@Component
class ShippedMeasurements {

    private static final String FILE = "advisor/measured.json";

    private final List<Point> steady;
    private final List<Point> churned;
    private final String steadySource;
    private final String churnedSource;

    ShippedMeasurements() {
        List<Point> all = read();
        this.steady = all.stream()
                .filter(point -> point.leavingShare() == 0)
                .sorted(Comparator.comparingInt(Point::receivers))
                .toList();
        this.churned = all.stream().filter(point -> point.leavingShare() > 0).toList();
        this.steadySource = "simulations shipped with Hubmesh: " + files(steady);
        this.churnedSource = files(churned);
    }

    /**
     * One measurement: medians over its seeds.
     *
     * @param file in {@code src/docs/measurements}, without its ending
     * @param scenario the name of the scenario in it
     * @param leavingShare of the peers, while they fetch
     * @param efficiency of the last receiver
     * @param egressCopies what the hub sent, in copies of the file
     */
    record Point(
            String file, String scenario, int receivers, double leavingShare, double efficiency, double egressCopies) {}

    private record All(List<Point> points) {}

    static List<Point> read() {
        try (InputStream in = new ClassPathResource(FILE).getInputStream()) {
            return JsonMapper.shared().readValue(in, All.class).points();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Between two measurements by the logarithm of their receivers; beyond them, and beyond the churn that was seen, as at the last. */
    Efficiency ofPeers(int receivers, double leavingShare) {
        return new Efficiency(steadyFactor(receivers), 1, steadySource).with(churn(leavingShare));
    }

    /** In proportion to those who leave. */
    Efficiency.Churn churn(double leavingShare) {
        double factor = 1;
        double egress = 1;
        for (Point point : churned) {
            double part = Math.min(1, leavingShare / point.leavingShare());
            factor *= 1 - part * (1 - point.efficiency() / steadyFactor(point.receivers()));
            egress *= 1 + part * (point.egressCopies() - 1);
        }
        return new Efficiency.Churn(factor, egress, leavingShare == 0 ? "" : churnedSource);
    }

    private double steadyFactor(int receivers) {
        Point before = steady.get(0);
        for (Point point : steady) {
            if (receivers <= point.receivers()) {
                return between(before, point, receivers);
            }
            before = point;
        }
        return before.efficiency();
    }

    private static double between(Point fewer, Point more, int receivers) {
        if (fewer.receivers() == more.receivers()) {
            return more.efficiency();
        }
        double way = Math.log((double) receivers / fewer.receivers())
                / Math.log((double) more.receivers() / fewer.receivers());
        return fewer.efficiency() + way * (more.efficiency() - fewer.efficiency());
    }

    private static String files(List<Point> points) {
        return String.join(", ", points.stream().map(Point::file).distinct().toList());
    }
}
