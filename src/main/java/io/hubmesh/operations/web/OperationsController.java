package io.hubmesh.operations.web;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.operations.Backup;
import io.hubmesh.operations.Backups;
import io.hubmesh.operations.Scrub;
import io.hubmesh.operations.ScrubReport;
import io.hubmesh.web.Items;
import io.hubmesh.web.Rate;
import io.hubmesh.web.Rated;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Backups and checks, for administrators. */
@RestController
@RequestMapping("/api/v1/operations")
class OperationsController {

    private final Backups backups;
    private final Scrub scrub;

    OperationsController(Backups backups, Scrub scrub) {
        this.backups = backups;
        this.scrub = scrub;
    }

    /** @param damaged by content id; none that a hub should have */
    record Checked(boolean running, @Nullable ScrubReport last, List<String> damaged) {}

    @GetMapping("/backups")
    Items<Backup> backups() {
        return new Items<>(backups.all());
    }

    /** Answers when it is made. */
    @Rated(Rate.EXPENSIVE)
    @PostMapping("/backups")
    @ResponseStatus(HttpStatus.CREATED)
    Backup backUp() {
        return backups.make();
    }

    @GetMapping("/scrub")
    Checked scrub() {
        return new Checked(
                scrub.running(),
                scrub.last().orElse(null),
                scrub.damaged().stream().map(ContentId::hex).toList());
    }

    /** Begins one in the background. */
    @Rated(Rate.EXPENSIVE)
    @PostMapping("/scrub")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void startScrub() {
        scrub.start();
    }
}
