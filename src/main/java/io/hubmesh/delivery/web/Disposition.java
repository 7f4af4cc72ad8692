package io.hubmesh.delivery.web;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** A Content-Disposition header (RFC 6266) that names a file to be saved. */
final class Disposition {

    /** What RFC 8187 lets stand as it is, besides letters and digits. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private Disposition() {}

    /** With the name as it is (RFC 8187), and, for clients that cannot read that, in ASCII. */
    static String attachment(String name) {
        return "attachment; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encoded(name);
    }

    /** Marks are taken off letters; what is still not ASCII, and what some clients take for an escape, becomes a low line. */
    private static String ascii(String name) {
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFD).codePoints().forEach(character -> {
            if (character >= ' ' && character < 0x7f && "\"\\%".indexOf(character) < 0) {
                plain.appendCodePoint(character);
            } else if (Character.getType(character) != Character.NON_SPACING_MARK) {
                plain.append('_');
            }
        });
        return plain.toString();
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            boolean plain = character < 0x80 && (Character.isLetterOrDigit(character) || PLAIN.indexOf(character) >= 0);
            text.append(plain ? String.valueOf(character) : String.format("%%%02X", (int) character));
        }
        return text.toString();
    }
}
