package io.hubmesh.library;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** What names are sorted and searched by. Case and accents do not count in either. */
final class NameKeys {

    /** In characters; what is beyond decides nothing. */
    static final int LONGEST = 512;

    /** A number's digits stand behind this byte and one for how many they are, so that more digits come later. */
    private static final int NUMBER = '0';

    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");

    private NameKeys() {}

    /** What people type for it: decomposed, without marks, in lower case. At most {@link #LONGEST} characters. */
    static String searchKey(String name) {
        String bare =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        String folded = bare.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return folded.substring(0, wholeCharacters(folded, LONGEST));
    }

    /**
     * A text that sorts as people sort names: {@code file2} before {@code file10}. Hexadecimal, so that databases of every
     * collation agree. At most {@link #LONGEST} characters.
     */
    static String sortKey(String name) {
        byte[] text = searchKey(name).getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[LONGEST / 2];
        int length = 0;
        int next = 0;
        while (next < text.length && length < key.length) {
            if (!isDigit(text[next])) {
                key[length++] = text[next++];
                continue;
            }
            int end = endOfNumber(text, next);
            length = putNumber(text, firstDigitThatCounts(text, next, end), end, key, length);
            next = end;
        }
        return HexFormat.of().formatHex(key, 0, length);
    }

    private static int putNumber(byte[] text, int from, int to, byte[] key, int length) {
        int put = length;
        key[put++] = NUMBER;
        if (put < key.length) {
            key[put++] = (byte) Math.min(to - from, 255);
        }
        for (int digit = from; digit < to && put < key.length; digit++) {
            key[put++] = text[digit];
        }
        return put;
    }

    private static int endOfNumber(byte[] text, int from) {
        int end = from;
        while (end < text.length && isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private static int firstDigitThatCounts(byte[] text, int from, int end) {
        int first = from;
        while (first < end && text[first] == '0') {
            first++;
        }
        return first;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static int wholeCharacters(String text, int most) {
        int end = Math.min(text.length(), most);
        return end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
