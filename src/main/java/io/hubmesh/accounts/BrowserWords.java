package io.hubmesh.accounts;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which browser somebody uses in words that they recognise; what a request's User-Agent claims (RFC 9110, 10.1.5). */
final class BrowserWords {

    /** Browsers name those that they resemble, too: the first that is found is it. */
    private static final Map<String, String> BROWSERS = inOrder(
            "Edg/",
            "Edge",
            "EdgA/",
            "Edge",
            "OPR/",
            "Opera",
            "SamsungBrowser/",
            "Samsung Internet",
            "Firefox/",
            "Firefox",
            "FxiOS/",
            "Firefox",
            "CriOS/",
            "Chrome",
            "Chrome/",
            "Chrome",
            "Safari/",
            "Safari",
            "curl/",
            "curl",
            "Java",
            "Java program",
            "python",
            "Python program");

    private static final Map<String, String> SYSTEMS = inOrder(
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "Android",
            "Android",
            "Windows",
            "Windows",
            "CrOS",
            "ChromeOS",
            "Mac OS X",
            "macOS",
            "Linux",
            "Linux");

    private BrowserWords() {}

    static String of(@Nullable String userAgent) {
        String claimed = userAgent == null ? "" : userAgent;
        String browser = first(BROWSERS, claimed);
        String system = first(SYSTEMS, claimed);
        if (browser == null) {
            return system == null ? "An unknown browser" : "A browser on " + system;
        }
        return system == null ? browser : browser + " on " + system;
    }

    private static @Nullable String first(Map<String, String> words, String claimed) {
        return words.entrySet().stream()
                .filter(word -> claimed.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> inOrder(String... signsAndWords) {
        Map<String, String> words = new java.util.LinkedHashMap<>();
        for (int i = 0; i < signsAndWords.length; i += 2) {
            words.put(signsAndWords[i], signsAndWords[i + 1]);
        }
        return words;
    }
}
