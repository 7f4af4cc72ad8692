package io.hubmesh.measurement.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.measurement.advisor.Advisor;
import io.hubmesh.measurement.advisor.Environment;
import io.hubmesh.measurement.advisor.Sensitivity;
import io.hubmesh.measurement.advisor.Words;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An environment as it was written in a query, in the units that people use; what is left out is as in {@link #EXAMPLE}.
 *
 * @param sizeMib MiB
 * @param hubUploadMbits 1,000,000 bits a second, as the two that follow
 * @param spreadMinutes over how long the requests come
 * @param stayingPercent of the receivers, as the two that follow
 * @param pricePerGb of 1,000,000,000 bytes
 * @param sensitivity {@code public}, {@code internal} or {@code confidential}
 */
record AdvisorQuestion(
        @Nullable String receivers,
        @Nullable String sizeMib,
        @Nullable String hubUploadMbits,
        @Nullable String downloadMbits,
        @Nullable String uploadMbits,
        @Nullable String spreadMinutes,
        @Nullable String stayingPercent,
        @Nullable String directPercent,
        @Nullable String relayedPercent,
        @Nullable String pricePerGb,
        @Nullable String sensitivity) {

    /** A course of 100 at home, whose video lies on a server with an ordinary line. */
    static final AdvisorQuestion EXAMPLE =
            new AdvisorQuestion("100", "1024", "100", "100", "20", "0", "90", "85", "10", "0.05", "internal");

    private static final double MIB = 1024 * 1024;
    private static final double MEGABIT = 125_000;
    private static final double MINUTE = 60;
    private static final double PERCENT = 100;

    /** 64 TiB; 0.001 Mbit/s to 1 Tbit/s; a year: beyond them nobody needs an advisor, and figures stay figures. */
    private static final String MOST_MIB = "67108864";

    private static final String LEAST_MBITS = "0.001";
    private static final String MOST_MBITS = "1000000";
    private static final String MOST_MINUTES = "525600";
    private static final String MOST_PRICE = "1000000";
    private static final String ONE_BYTE = "0.000001";

    /** No sign, no exponent, no more digits than any bound needs. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,12}");

    /** The same with every part that was left out as in the example. */
    AdvisorQuestion complete() {
        return new AdvisorQuestion(
                or(receivers, EXAMPLE.receivers),
                or(sizeMib, EXAMPLE.sizeMib),
                or(hubUploadMbits, EXAMPLE.hubUploadMbits),
                or(downloadMbits, EXAMPLE.downloadMbits),
                or(uploadMbits, EXAMPLE.uploadMbits),
                or(spreadMinutes, EXAMPLE.spreadMinutes),
                or(stayingPercent, EXAMPLE.stayingPercent),
                or(directPercent, EXAMPLE.directPercent),
                or(relayedPercent, EXAMPLE.relayedPercent),
                or(pricePerGb, EXAMPLE.pricePerGb),
                or(sensitivity, EXAMPLE.sensitivity));
    }

    /** @throws ProblemException invalid-value when a part of it is not what it should be; the detail names it */
    Environment environment() {
        AdvisorQuestion all = complete();
        String most = Integer.toString(Advisor.MOST_RECEIVERS);
        double direct = number("directPercent", all.directPercent, "0", "100");
        double relayed = number("relayedPercent", all.relayedPercent, "0", "100");
        if (direct + relayed > PERCENT) {
            throw invalid("directPercent and relayedPercent are more than 100 together.");
        }
        return new Environment(
                (int) whole("receivers", all.receivers, most),
                Math.max(1, Math.round(number("sizeMib", all.sizeMib, ONE_BYTE, MOST_MIB) * MIB)),
                number("hubUploadMbits", all.hubUploadMbits, LEAST_MBITS, MOST_MBITS) * MEGABIT,
                number("downloadMbits", all.downloadMbits, LEAST_MBITS, MOST_MBITS) * MEGABIT,
                number("uploadMbits", all.uploadMbits, LEAST_MBITS, MOST_MBITS) * MEGABIT,
                number("spreadMinutes", all.spreadMinutes, "0", MOST_MINUTES) * MINUTE,
                number("stayingPercent", all.stayingPercent, "0", "100") / PERCENT,
                direct / PERCENT,
                relayed / PERCENT,
                number("pricePerGb", all.pricePerGb, "0", MOST_PRICE),
                chosen(all.sensitivity));
    }

    private static double whole(String name, @Nullable String text, String most) {
        if (text == null || !WHOLE.matcher(text).matches()) {
            throw invalid(name + " must be a whole number from 1 to " + grouped(most) + ".");
        }
        return number(name, text, "1", most);
    }

    private static double number(String name, @Nullable String text, String least, String most) {
        if (text != null && NUMBER.matcher(text).matches()) {
            BigDecimal value = new BigDecimal(text);
            if (value.compareTo(new BigDecimal(least)) >= 0 && value.compareTo(new BigDecimal(most)) <= 0) {
                return value.doubleValue();
            }
        }
        throw invalid(name + " must be a number from " + least + " to " + grouped(most) + ", such as 12.5.");
    }

    /** A large bound as people read it. */
    private static String grouped(String bound) {
        return Words.count(Long.parseLong(bound));
    }

    private static Sensitivity chosen(@Nullable String text) {
        return Arrays.stream(Sensitivity.values())
                .filter(one -> word(one).equals(text))
                .findAny()
                .orElseThrow(() -> invalid("sensitivity must be "
                        + Arrays.stream(Sensitivity.values())
                                .map(AdvisorQuestion::word)
                                .collect(Collectors.joining(" or "))
                        + "."));
    }

    /** As the query writes it. */
    static String word(Sensitivity sensitivity) {
        return sensitivity.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String or(@Nullable String text, @Nullable String otherwise) {
        return text == null || text.isBlank() ? otherwise : text.strip();
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemCode.INVALID_VALUE, detail);
    }
}
