package io.hubmesh;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Hostile input, always the same from the same seed. {@code HUBMESH_FUZZ_RUNS} multiplies the tries and {@code HUBMESH_FUZZ_SEED}
 * takes others; see {@code src/docs/proofs.md}.
 */
public final class Fuzz {

    private static final long SEED = Long.parseLong(setting("HUBMESH_FUZZ_SEED", "20261122"));
    private static final int TIMES = Integer.parseInt(setting("HUBMESH_FUZZ_RUNS", "1"));

    /** Values that no reader of JSON waits for. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "0",
            "-0",
            "-1",
            "0.5",
            "1e999",
            "-1e999",
            "1E+2147483648",
            "9".repeat(5_000),
            "2147483648",
            "9007199254740992",
            "9223372036854775808",
            "NaN",
            "[]",
            "{}",
            "[[[[[[[[]]]]]]]]",
            "{\"a\":{\"a\":{\"a\":{\"a\":1}}}}",
            "[".repeat(30_000),
            "\"" + "x".repeat(60_000) + "\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"\\",
            "/*");

    private static final String PIECES = "{}[]\":,\\0-9.eE+truefalsn \n\t\u0000\u2028\ud83d\ude00\ud800";

    private final Random random;

    private Fuzz(Random random) {
        this.random = random;
    }

    /** Tries that many times; what fails says with which try. */
    public static void tries(int count, Consumer<Fuzz> attempt) {
        for (int number = 0; number < count * TIMES; number++) {
            try {
                attempt.accept(new Fuzz(new Random(SEED * 1_000_003 + number)));
            } catch (Throwable failed) {
                throw new AssertionError("try " + number + " of seed " + SEED, failed);
            }
        }
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    public byte[] bytes(int longest) {
        byte[] bytes = new byte[random.nextInt(longest + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Any characters at all, also those that are no text. */
    public String text(int longest) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(longest + 1);
        for (int count = 0; count < length; count++) {
            text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    /** Something nearly right: a JSON text with some of its values and characters changed. */
    public String mutant(String json) {
        String text = json;
        for (int scars = 1 + random.nextInt(3); scars > 0; scars--) {
            text = random.nextInt(3) == 0 ? scarred(text) : withAnotherValue(text);
        }
        return text;
    }

    /** The text with a few characters taken out and others put in. */
    public String scarred(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(6));
        StringBuilder put = new StringBuilder();
        for (int count = random.nextInt(4); count > 0; count--) {
            put.append(PIECES.charAt(random.nextInt(PIECES.length())));
        }
        return text.substring(0, from) + put + text.substring(to);
    }

    /** Puts a hostile value, or the whole member twice, where some member's value begins. */
    private String withAnotherValue(String text) {
        int colon = text.indexOf(':', random.nextInt(text.length() + 1));
        if (colon < 0) {
            return text;
        }
        int end = colon + 1;
        boolean quoted = false;
        while (end < text.length() && (quoted || ",}]".indexOf(text.charAt(end)) < 0)) {
            quoted ^= text.charAt(end) == '"';
            end++;
        }
        String value = random.nextInt(8) == 0 ? "1,\"type\":\"ping\"" : one(VALUES);
        return text.substring(0, colon + 1) + value + text.substring(end);
    }

    /** Whether a text can be sent as UTF-8: no half of a pair alone. */
    public static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String setting(String name, String usual) {
        return Objects.requireNonNullElse(System.getenv(name), usual);
    }
}
