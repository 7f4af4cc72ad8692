package io.hubmesh.measurement.web;

import io.hubmesh.measurement.advisor.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Star and mesh race on a virtual clock, in the browser alone; the hub gives the page and the numbers that the address brings. */
@Controller
class SimulatorPage {

    /** How many peers a browser can be asked to run; the front end's {@code simulator/asked.ts} refuses others. */
    private static final int LEAST_PEERS = 10;

    private static final int MOST_PEERS = 5_000;

    /** Both in words. */
    static final String PEERS = Words.count(LEAST_PEERS) + " to " + Words.count(MOST_PEERS);

    static boolean runs(int peers) {
        return peers >= LEAST_PEERS && peers <= MOST_PEERS;
    }

    /** As the query of the advisor, and what only a simulation knows; what it means is checked where it is run. */
    record Numbers(
            @Nullable String receivers,
            @Nullable String sizeMib,
            @Nullable String hubUploadMbits,
            @Nullable String downloadMbits,
            @Nullable String uploadMbits,
            @Nullable String delayMillis,
            @Nullable String lossPercent,
            @Nullable String stayingPercent,
            @Nullable String seed) {

        /** A thousand people who give little, and a hub on a small line: slow enough that a browser runs it at many times real time. */
        private static final Numbers EXAMPLE = new Numbers("1000", "16", "10", "10", "0.25", "60", "0.01", "100", "1");

        Numbers complete() {
            return new Numbers(
                    or(receivers, EXAMPLE.receivers),
                    or(sizeMib, EXAMPLE.sizeMib),
                    or(hubUploadMbits, EXAMPLE.hubUploadMbits),
                    or(downloadMbits, EXAMPLE.downloadMbits),
                    or(uploadMbits, EXAMPLE.uploadMbits),
                    or(delayMillis, EXAMPLE.delayMillis),
                    or(lossPercent, EXAMPLE.lossPercent),
                    or(stayingPercent, EXAMPLE.stayingPercent),
                    or(seed, EXAMPLE.seed));
        }

        private static @Nullable String or(@Nullable String text, @Nullable String otherwise) {
            return text == null || text.isBlank() ? otherwise : text.strip();
        }
    }

    @GetMapping("/simulator")
    String simulator(@ModelAttribute("numbers") Numbers numbers, Model model) {
        model.addAttribute("asked", numbers.complete());
        model.addAttribute("peers", PEERS);
        return "simulator";
    }
}
