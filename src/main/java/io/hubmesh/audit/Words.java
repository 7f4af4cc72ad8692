package io.hubmesh.audit;

/** Text from strangers, made fit to be kept: bounded, and nothing in it that no database, page or file takes. */
public final class Words {

    private static final char UNFIT = '\ufffd';
    private static final String CUT = "…";

    private Words() {}

    /**
     * The text without control characters and lone surrogates, each of which becomes U+FFFD.
     *
     * @param most characters (UTF-16 code units); what is longer is cut and ends in an ellipsis
     */
    public static String bounded(String text, int most) {
        String fit = fit(text.length() > most ? text.substring(0, most) : text);
        return text.length() > most ? cut(fit, most - CUT.length()) + CUT : fit;
    }

    private static String fit(String text) {
        StringBuilder fit = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
                fit.append(UNFIT);
            } else {
                fit.appendCodePoint(point);
            }
        });
        return fit.toString();
    }

    private static String cut(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
