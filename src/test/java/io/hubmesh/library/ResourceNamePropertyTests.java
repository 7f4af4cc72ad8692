package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The rules for names, held against the same rules written down once more, slowly and one by one. */
class ResourceNamePropertyTests {

    private static final Set<String> DEVICES = new TreeSet<>(List.of("con", "prn", "aux", "nul"));

    static {
        for (char digit = '0'; digit <= '9'; digit++) {
            DEVICES.add("com" + digit);
            DEVICES.add("lpt" + digit);
        }
    }

    @Property(tries = 5000)
    void aNameIsTakenOrRefusedAsTheRulesSay(@ForAll("wishes") String wish) {
        Optional<String> expected = reference(wish);
        try {
            ResourceName name = ResourceName.of(wish);
            assertThat(Optional.of(name.text())).isEqualTo(expected);
            assertThat(ResourceName.of(name.text())).isEqualTo(name);
        } catch (ProblemException refused) {
            assertThat(refused.code()).isEqualTo(ProblemCode.INVALID_NAME);
            assertThat(expected).as(refused.detail()).isEmpty();
        }
    }

    /** Two that differ in the case of plain letters alone, or in how accents are put together, are one name. */
    @Property
    void whatPeopleTakeForTheSameHasTheSameKey(@ForAll("wishes") String wish) {
        reference(wish).ifPresent(text -> {
            String key = ResourceName.of(text).key();
            assertThat(ResourceName.of(Normalizer.normalize(text, Normalizer.Form.NFD))
                            .key())
                    .isEqualTo(key);
            assertThat(ResourceName.of(asciiUpper(text)).key()).isEqualTo(key);
        });
    }

    @Property
    void aNumberedNameIsAnotherOneThatIsFitToo(
            @ForAll("wishes") String wish,
            @ForAll @net.jqwik.api.constraints.IntRange(min = 2, max = 999_999_999) int number) {
        reference(wish).ifPresent(text -> {
            ResourceName numbered = ResourceName.of(text).numbered(number);
            assertThat(reference(numbered.text())).contains(numbered.text());
            assertThat(numbered.text()).contains(" (" + number + ")");
        });
    }

    /** The name as it is kept; empty when it is refused. */
    private static Optional<String> reference(String wish) {
        int from = 0;
        int to = wish.length();
        while (from < to && Character.isWhitespace(wish.codePointAt(from))) {
            from += Character.charCount(wish.codePointAt(from));
        }
        while (to > from && Character.isWhitespace(wish.codePointBefore(to))) {
            to -= Character.charCount(wish.codePointBefore(to));
        }
        String text = Normalizer.normalize(wish.substring(from, to), Normalizer.Form.NFC);
        int octets = 0;
        boolean fit = !text.isEmpty();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            octets += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            fit &= isFit(point);
        }
        fit &= octets <= 255 && !text.endsWith(".") && !DEVICES.contains(beforeTheFirstDot(text));
        fit &= text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).length() <= 255;
        return fit ? Optional.of(text) : Optional.empty();
    }

    private static boolean isFit(int point) {
        if (point < 0x20 || point >= 0x7f && point < 0xa0) {
            return false; // control characters
        }
        if (point >= 0xd800 && point <= 0xdfff) {
            return false; // half a pair
        }
        for (char forbidden : new char[] {'/', '\\', ':', '*', '?', '"', '<', '>', '|', 0x2028, 0x2029}) {
            if (point == forbidden) {
                return false;
            }
        }
        boolean joiner = point == 0x200c || point == 0x200d;
        return joiner || !String.valueOf(Character.toChars(point)).matches("\\p{Cf}");
    }

    private static String beforeTheFirstDot(String text) {
        int dot = text.indexOf('.');
        return asciiLower(dot < 0 ? text : text.substring(0, dot));
    }

    private static String asciiLower(String text) {
        return text.chars()
                .map(one -> one >= 'A' && one <= 'Z' ? one + 32 : one)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String asciiUpper(String text) {
        StringBuilder upper = new StringBuilder();
        for (char one : text.toCharArray()) {
            upper.append(one >= 'a' && one <= 'z' ? (char) (one - 32) : one);
        }
        return upper.toString();
    }

    /** Of all lengths, mostly of pieces about which there is a rule. */
    @Provide
    Arbitrary<String> wishes() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                "Z",
                "7",
                ".",
                "..",
                " ",
                "con",
                "COM1",
                "nul",
                "lpt9",
                "aux.",
                "/",
                "\\",
                ":",
                "\u0000",
                "\n",
                "\u0085",
                "\u2028",
                "\u202e",
                "\u200d",
                "\u200c",
                "\ufeff",
                "\u00ad",
                "\u0301",
                "\u0308",
                "u\u0308",
                "\u1e9e",
                "\u0390",
                "\u0130",
                "\ufdfa",
                "\ud83d",
                "\ude00",
                "\ud83d\ude00",
                "\u65e5",
                "\u00a0",
                "\u3000",
                "\u2003",
                "~",
                "%2e");
        Arbitrary<String> any = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .map(point -> String.valueOf(Character.toChars(point)));
        Arbitrary<String> few =
                Arbitraries.oneOf(pieces, any).list().ofMaxSize(8).map(all -> String.join("", all));
        Arbitrary<String> many = pieces.tuple2().flatMap(two -> Arbitraries.integers()
                .between(30, 260)
                .map(times -> two.get1().repeat(times) + two.get2()));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, few), net.jqwik.api.Tuple.of(1, many));
    }
}
