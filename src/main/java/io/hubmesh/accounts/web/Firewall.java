package io.hubmesh.accounts.web;

import java.util.function.Predicate;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * The framework's own firewall. It holds each header against regular expressions, letter by letter, whenever somebody looks at it; what is plain text, as nearly
 * all are, is let through before.
 */
final class Firewall {

    private Firewall() {}

    static StrictHttpFirewall strict() {
        Predicate<String> plain = Firewall::isPlain;
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(plain.or(StrictHttpFirewall.ALLOWED_HEADER_NAMES));
        firewall.setAllowedHeaderValues(plain.or(StrictHttpFirewall.ALLOWED_HEADER_VALUES));
        return firewall;
    }

    /** Only what ASCII prints: all of it is assigned, and none controls anything. */
    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }
}
