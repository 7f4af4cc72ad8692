package io.hubmesh.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is told letter by letter is what the regular expressions of the protocol say. */
class IdsTests {

    private static final String UUID = "0189abcd-ef01-4abc-9def-0123456789ab";
    private static final String CONTENT = "0123456789abcdef".repeat(4);
    private static final String NAME = "AZaz09-_AZaz09-_AZaz09";

    /** The largest character that is tried, and one above. */
    private static final int LETTERS = 0x180;

    @Test
    void aUuidIsInLowerCaseAndInFiveParts() {
        agrees(Ids::isUuid, "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", UUID);
    }

    @Test
    void aContentIsSixtyFourHexadecimalDigits() {
        agrees(ContentId::isOne, "[0-9a-f]{64}", CONTENT);
    }

    @Test
    void aRandomNameIsTwentyTwoLettersOfBase64Url() {
        agrees(Ids::isRandomName, "[A-Za-z0-9_-]{22}", NAME);
    }

    /** Every letter at every place, and every length. */
    private static void agrees(Predicate<String> shape, String expression, String right) {
        Predicate<String> expected = Pattern.compile(expression).asMatchPredicate();
        assertThat(shape.test(right)).isTrue();
        for (int place = 0; place < right.length(); place++) {
            for (int letter = 0; letter < LETTERS; letter++) {
                String text = right.substring(0, place) + (char) letter + right.substring(place + 1);
                assertThat(shape.test(text)).as(text).isEqualTo(expected.test(text));
            }
            assertThat(shape.test(right.substring(place + 1))).isFalse();
        }
        assertThat(shape.test(right + right.charAt(0))).isFalse();
    }
}
