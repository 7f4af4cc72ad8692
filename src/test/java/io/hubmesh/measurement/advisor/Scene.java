package io.hubmesh.measurement.advisor;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What tests of the advisor begin with. */
final class Scene {

    private static final double MEGABIT = 125_000;

    private Scene() {}

    static Advisor advisor(@Nullable OwnExperiments experiments) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        if (experiments != null) {
            beans.addBean("experiments", experiments);
        }
        ObjectProvider<OwnExperiments> own = beans.getBeanProvider(OwnExperiments.class);
        return new Advisor(new ShippedMeasurements(), own);
    }

    /** 100 receivers at home, 1 GB. */
    static Environment home() {
        return home(100, Sensitivity.INTERNAL);
    }

    static Environment home(int receivers, Sensitivity sensitivity) {
        return new Environment(
                receivers, 1_000_000_000, 100 * MEGABIT, 100 * MEGABIT, 20 * MEGABIT, 0, 1, 1, 0, 0.05, sensitivity);
    }

    /** Anything that may be asked. */
    static Environment any(Random random) {
        double direct = random.nextBoolean() ? 1 : random.nextDouble();
        return new Environment(
                1 + (int) spread(random, 0, 4.5),
                1 + (long) spread(random, 3, 12),
                spread(random, 4, 9),
                spread(random, 4, 9),
                spread(random, 3, 8),
                random.nextBoolean() ? 0 : spread(random, 0, 6),
                random.nextInt(4) / 3.0,
                direct,
                random.nextBoolean() ? 0 : random.nextDouble() * (1 - direct),
                random.nextInt(3) * 0.05,
                Sensitivity.values()[random.nextInt(Sensitivity.values().length)]);
    }

    private static double spread(Random random, double least, double most) {
        return Math.pow(10, least + random.nextDouble() * (most - least));
    }
}
