package io.hubmesh.experiments.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.experiments.Experiment;
import io.hubmesh.experiments.Experiments;
import io.hubmesh.experiments.Settings;
import io.hubmesh.kernel.Ids;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.TrialModel;
import io.hubmesh.web.CreatesOnce;
import io.hubmesh.web.EntityTag;
import io.hubmesh.web.Items;
import io.hubmesh.web.Part;
import io.hubmesh.web.Rate;
import io.hubmesh.web.Rated;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Experiments: measured comparisons of the models. */
@RestController
@RequestMapping("/api/v1/experiments")
class ExperimentsController {

    private static final String PATH = "/api/v1/experiments";

    /** Before every one: what the first part of the list begins with. */
    private static final UUID LAST_ID = new UUID(-1, -1);

    private final Experiments experiments;

    ExperimentsController(Experiments experiments) {
        this.experiments = experiments;
    }

    /** Rates in bytes a second. */
    record Wanted(
            @Nullable String resource,
            @Nullable String name,
            @Nullable List<TrialModel> models,
            @Nullable List<String> peers,
            @Nullable Boolean curve,
            int repetitions,
            long hubRate,
            long uploadRate,
            long downloadRate) {

        ResourceId file() {
            if (resource == null) {
                throw new ProblemException(ProblemCode.INVALID_VALUE, "Say which file: its id as the resource.");
            }
            return ResourceId.of(resource);
        }

        Settings settings() {
            return Settings.of(
                    models, peers, Boolean.TRUE.equals(curve), repetitions, hubRate, uploadRate, downloadRate);
        }
    }

    record Named(@Nullable String name) {}

    @GetMapping
    ResponseEntity<Items<ExperimentView.Brief>> all(
            Subject subject,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        Part part = Part.of(cursor, limit);
        Place place = Place.of(part.after());
        return part.answer(
                PATH,
                experiments.newest(subject, place.at(), place.id(), part.wanted()),
                each -> each.startedAt().toEpochMilli() + "/" + each.id(),
                ExperimentView.Brief::of);
    }

    @GetMapping("/candidates")
    Items<Experiments.Candidate> candidates(Subject subject, @RequestParam String resource) {
        return new Items<>(experiments.candidates(subject, ResourceId.of(resource)));
    }

    @CreatesOnce
    @Rated(Rate.EXPENSIVE)
    @PostMapping
    ResponseEntity<ExperimentView.Brief> begin(Subject subject, @RequestBody Wanted wanted) {
        ResourceId file = wanted.file();
        Experiment made = experiments.begin(subject, file, wanted.name(), wanted::settings);
        return ResponseEntity.created(URI.create(PATH + "/" + made.id())).body(ExperimentView.Brief.of(made));
    }

    /** With a tag once it is over: until then it changes all the time. */
    @GetMapping("/{experiment}")
    ResponseEntity<ExperimentView.Whole> one(Subject subject, @PathVariable String experiment) {
        Experiments.Whole whole = experiments.one(subject, Ids.uuid(experiment));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (whole.experiment().endedAt() != null) {
            answer.eTag(EntityTag.of(whole.experiment().version()));
        }
        return answer.body(ExperimentView.Whole.of(whole));
    }

    @PatchMapping("/{experiment}")
    ResponseEntity<ExperimentView.Brief> rename(
            Subject subject,
            @PathVariable String experiment,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String tag,
            @RequestBody Named wanted) {
        if (wanted.name() == null) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "Give the experiment a name.");
        }
        Experiment renamed = experiments.rename(subject, Ids.uuid(experiment), wanted.name(), EntityTag.required(tag));
        return ResponseEntity.ok().eTag(EntityTag.of(renamed.version())).body(ExperimentView.Brief.of(renamed));
    }

    @DeleteMapping("/{experiment}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Subject subject, @PathVariable String experiment) {
        experiments.delete(subject, Ids.uuid(experiment));
    }

    /** Answers at once; its end is told by its state. */
    @PostMapping("/{experiment}/stop")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void stop(Subject subject, @PathVariable String experiment) {
        experiments.stop(subject, Ids.uuid(experiment));
    }

    @GetMapping(path = "/{experiment}/runs", produces = "text/csv")
    ResponseEntity<String> runs(Subject subject, @PathVariable String experiment) {
        Experiments.Whole whole = experiments.one(subject, Ids.uuid(experiment));
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"experiment.csv\"")
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .body(RunsCsv.of(whole));
    }

    /** After which one the list goes on. */
    private record Place(Instant at, UUID id) {

        static Place of(String key) {
            if (key.isEmpty()) {
                return new Place(Instant.ofEpochMilli(Long.MAX_VALUE), LAST_ID);
            }
            try {
                String[] parts = key.split("/", 2);
                return new Place(Instant.ofEpochMilli(Long.parseLong(parts[0])), UUID.fromString(parts[1]));
            } catch (IllegalArgumentException | IndexOutOfBoundsException strange) {
                throw new ProblemException(
                        ProblemCode.INVALID_VALUE, "That cursor is none of this list's; follow the header Link.");
            }
        }
    }
}
