package io.hubmesh.measurement;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in whole steps.
 *
 * @param from its beginning, that of a step
 * @param to its end, that of a step
 */
public record Stretch(Step step, Instant from, Instant to) {

    /** What a chart can show and a hub can sum up in a moment: a day of minutes, two months of hours, four years of days. */
    public static final int MOST_POINTS = 1_500;

    /** What is told when nobody says how much. In steps: three hours of minutes, a week of hours, three months of days. */
    private static int usual(Step step) {
        return switch (step) {
            case MINUTE -> 180;
            case HOUR -> 168;
            case DAY -> 90;
        };
    }

    /**
     * What was asked for, or what comes nearest to what was left open: until now, by the finest step that is kept for so long and gives no more than
     * {@link #MOST_POINTS}.
     *
     * @param oldest beginning of what is kept of a step
     * @throws ProblemException invalid-value when it ends before it begins, or has too many steps
     */
    static Stretch of(
            @Nullable Step step,
            @Nullable Instant from,
            @Nullable Instant to,
            Instant now,
            Function<Step, Instant> oldest) {
        Instant end = to == null || to.isAfter(now) ? now : to;
        require(
                !end.isBefore(Instant.EPOCH) && (from == null || !from.isBefore(Instant.EPOCH)),
                "Nothing was measured before 1970.");
        require(from == null || from.isBefore(end), "\"from\" is a moment before \"to\", and not in the future.");
        Step chosen = step == null ? finest(from, end, oldest) : step;
        Instant begin = from == null ? end.minus(chosen.length().multipliedBy(usual(chosen))) : from;
        Stretch stretch = new Stretch(chosen, chosen.floor(begin), chosen.ceil(end));
        require(
                stretch.points() <= MOST_POINTS,
                "That is more than " + MOST_POINTS + " steps. Ask for less time at once, or for a longer step.");
        return stretch;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, otherwise);
        }
    }

    private static Step finest(@Nullable Instant from, Instant end, Function<Step, Instant> oldest) {
        if (from == null) {
            return Step.MINUTE;
        }
        return Arrays.stream(Step.values())
                .filter(step -> !from.isBefore(oldest.apply(step)))
                .filter(step -> new Stretch(step, step.floor(from), step.ceil(end)).points() <= MOST_POINTS)
                .findFirst()
                .orElse(Step.DAY);
    }

    private long points() {
        return Duration.between(from, to).dividedBy(step.length());
    }
}
