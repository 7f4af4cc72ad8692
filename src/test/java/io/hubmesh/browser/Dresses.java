package io.hubmesh.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Locale;

/** Light and dark, wide and narrow: how a page is shown in a state that a story has brought about. */
final class Dresses {

    private static final int WIDE = 1280;

    /** In CSS pixels. */
    private static final List<Integer> WIDTHS = List.of(360, WIDE);

    private static final int HEIGHT = 900;

    private Dresses() {}

    /** Takes a picture in each dress; the page goes on as it is, light and wide. */
    static void pictures(Person person, String name) {
        Page page = person.page();
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
            for (int width : WIDTHS) {
                page.setViewportSize(width, HEIGHT);
                person.picture(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
            }
        }
        page.emulateMedia(new EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
    }
}
