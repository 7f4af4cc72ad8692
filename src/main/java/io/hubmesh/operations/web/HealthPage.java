package io.hubmesh.operations.web;

import io.hubmesh.kernel.ProblemException;
import io.hubmesh.operations.Backups;
import io.hubmesh.operations.Scrub;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the hub is, for administrators: disk, backups, checks. Plain forms, answered by redirects. */
@Controller
@RequestMapping("/administration/health")
class HealthPage {

    private static final String HERE = "redirect:/administration/health";

    private final Backups backups;
    private final Scrub scrub;
    private final Path data;

    HealthPage(Backups backups, Scrub scrub, @Value("${hubmesh.data}") Path data) {
        this.backups = backups;
        this.scrub = scrub;
        this.data = data;
    }

    /**
     * The disk under the data folder.
     *
     * @param free what the hub may still use, in bytes
     * @param total in bytes
     */
    record Disk(long free, long total) {

        /** How much of it is used, in whole percent. */
        public long percentUsed() {
            return total == 0 ? 0 : Math.round(100.0 * (total - free) / total);
        }
    }

    @GetMapping
    String health(Model model) throws IOException {
        FileStore store = Files.getFileStore(data);
        model.addAttribute("disk", new Disk(store.getUsableSpace(), store.getTotalSpace()));
        model.addAttribute("backups", backups.all());
        model.addAttribute("place", backups.place());
        model.addAttribute("scrub", scrub.last().orElse(null));
        model.addAttribute("scrubbing", scrub.running());
        model.addAttribute("damaged", scrub.damaged());
        return "health";
    }

    @PostMapping("/backups")
    String backUp(RedirectAttributes next) {
        try {
            backups.make();
            next.addFlashAttribute("said", "The backup is made.");
        } catch (ProblemException problem) {
            next.addFlashAttribute("problem", problem.detail());
        }
        return HERE;
    }

    @PostMapping("/scrub")
    String startScrub(RedirectAttributes next) {
        try {
            scrub.start();
            next.addFlashAttribute("said", "The contents are being checked. Come back later for the result.");
        } catch (ProblemException problem) {
            next.addFlashAttribute("problem", problem.detail());
        }
        return HERE;
    }
}
