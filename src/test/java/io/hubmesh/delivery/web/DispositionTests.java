package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever a file is called, the header names it, says nothing else, and ends where it ends: read by the grammars of RFC 6266 and RFC 8187. */
class DispositionTests {

    @Property
    void everyNameComesBack(@ForAll("names") String name) {
        Header header = Header.read(Disposition.attachment(name));

        assertThat(header.type()).isEqualTo("attachment");
        assertThat(header.parameters()).containsOnlyKeys("filename", "filename*");
        assertThat(Header.extended(header.parameters().getOrDefault("filename*", "")))
                .isEqualTo(name);
    }

    /** For clients that read {@code filename} alone: some of them take {@code %} for an escape, others a backslash. */
    @Property
    void theFallbackIsPlainAndNeverEmptyOfWhatIsPlain(@ForAll("names") String name) {
        String fallback = Header.read(Disposition.attachment(name)).parameters().get("filename");

        assertThat(fallback).matches("[ !#-$&-\\[\\]-~]*");
        if (name.matches("[A-Za-z0-9 ._-]*")) {
            assertThat(fallback).isEqualTo(name);
        }
    }

    @Test
    void marksAreTakenOffForWhoCannotReadThem() {
        assertThat(Disposition.attachment("Crème \"brûlée\" 100%.txt"))
                .startsWith("attachment; filename=\"Creme _brulee_ 100_.txt\"; ");
    }

    /** Any characters of Unicode, and more often those that mean something in a header. */
    @Provide
    Arbitrary<String> names() {
        Arbitrary<Integer> any = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> Character.getType(point) != Character.SURROGATE);
        Arbitrary<Integer> telling = Arbitraries.of("\"\\;=%'*,/ \r\n\t\0\u007f\u00a0\u00e9\u2028\ufeff"
                .chars()
                .boxed()
                .toList());
        Arbitrary<Integer> plain = Arbitraries.integers().between('!', '~');
        return Arbitraries.oneOf(any, telling, plain).list().ofMaxSize(60).map(points -> points.stream()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }

    /**
     * A header as RFC 6266, section 4.1, has it: a token, and parameters after semicolons, each a token, an equals sign and a token or a quoted string.
     * Reads nothing else: no character but visible ASCII and blanks, and none left over.
     */
    private record Header(String type, Map<String, String> parameters) {

        private static final String TOKEN = "!#$%&'*+-.^_`|~";

        static Header read(String text) {
            Reader reader = new Reader(text);
            String type = reader.token();
            Map<String, String> parameters = new LinkedHashMap<>();
            while (!reader.atEnd()) {
                reader.blanks();
                reader.expect(';');
                reader.blanks();
                String name = reader.token();
                reader.expect('=');
                String value = reader.peek() == '"' ? reader.quoted() : reader.token();
                assertThat(parameters.put(name, value))
                        .as("%s twice in %s", name, text)
                        .isNull();
            }
            return new Header(type, parameters);
        }

        /** RFC 8187, section 3.2.1: a charset, a language that may be missing, and octets that are plain or after a percent sign. */
        static String extended(String value) {
            String[] parts = value.split("'", -1);
            assertThat(parts).as(value).hasSize(3);
            assertThat(parts[0]).isEqualToIgnoringCase("UTF-8");
            assertThat(parts[1]).isEmpty();
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            for (int at = 0; at < parts[2].length(); at++) {
                char character = parts[2].charAt(at);
                if (character == '%') {
                    octets.write(Integer.parseInt(parts[2].substring(at + 1, at + 3), 16));
                    at += 2;
                } else {
                    assertThat("!#$&+-.^_`|~".indexOf(character) >= 0 || isAlphanumeric(character))
                            .as("%s is no attr-char", character)
                            .isTrue();
                    octets.write(character);
                }
            }
            return octets.toString(StandardCharsets.UTF_8);
        }

        static boolean isAlphanumeric(char character) {
            return character >= '0' && character <= '9'
                    || character >= 'A' && character <= 'Z'
                    || character >= 'a' && character <= 'z';
        }

        private static final class Reader {

            private final String text;
            private int at;

            Reader(String text) {
                this.text = text;
                assertThat(text).matches("[ -~]*");
            }

            boolean atEnd() {
                return at == text.length();
            }

            char peek() {
                assertThat(at).as("the end of %s", text).isLessThan(text.length());
                return text.charAt(at);
            }

            void expect(char wanted) {
                assertThat(peek()).isEqualTo(wanted);
                at++;
            }

            void blanks() {
                while (!atEnd() && peek() == ' ') {
                    at++;
                }
            }

            String token() {
                int from = at;
                while (!atEnd() && (isAlphanumeric(peek()) || TOKEN.indexOf(peek()) >= 0)) {
                    at++;
                }
                assertThat(at).as("a token in %s", text).isGreaterThan(from);
                return text.substring(from, at);
            }

            String quoted() {
                StringBuilder value = new StringBuilder();
                expect('"');
                while (peek() != '"') {
                    if (peek() == '\\') {
                        at++;
                    }
                    value.append(peek());
                    at++;
                }
                expect('"');
                return value.toString();
            }
        }
    }
}
