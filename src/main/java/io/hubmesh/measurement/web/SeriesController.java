package io.hubmesh.measurement.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.measurement.Series;
import io.hubmesh.measurement.SeriesReader;
import io.hubmesh.measurement.Step;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was delivered over time. */
@RestController
@RequestMapping("/api/v1/measurement/series")
class SeriesController {

    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8;header=present");

    private final SeriesReader reader;

    SeriesController(SeriesReader reader) {
        this.reader = reader;
    }

    /**
     * What is asked for, as it was written.
     *
     * @param from an instant (RFC 3339)
     * @param to as {@code from}
     * @param step {@code minute}, {@code hour} or {@code day}; the finest that fits when it is not said
     * @param resource an id; everything that the one who asks may see when it is not said
     */
    record Question(
            @Nullable String from,
            @Nullable String to,
            @Nullable String step,
            @Nullable String resource) {

        @Nullable
        ResourceId one() {
            return resource == null || resource.isBlank() ? null : ResourceId.of(resource);
        }

        @Nullable
        Instant begin() {
            return instant(from, "from");
        }

        @Nullable
        Instant end() {
            return instant(to, "to");
        }

        @Nullable
        Step stretch() {
            if (step == null || step.isBlank()) {
                return null;
            }
            return Arrays.stream(Step.values())
                    .filter(each -> each.word().equals(step))
                    .findFirst()
                    .orElseThrow(() -> invalid("A step is minute, hour or day."));
        }

        private static @Nullable Instant instant(@Nullable String text, String name) {
            try {
                return text == null || text.isBlank() ? null : Instant.parse(text);
            } catch (DateTimeParseException noInstant) {
                throw invalid("\"" + name + "\" is a moment as in 2026-03-01T08:00:00Z.");
            }
        }
    }

    @GetMapping(params = "format!=csv")
    Series series(Subject subject, @ModelAttribute Question question) {
        return answer(subject, question);
    }

    /** The same as RFC 4180. */
    @GetMapping(params = "format=csv")
    ResponseEntity<String> table(Subject subject, @ModelAttribute Question question) {
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("series.csv")
                                .build()
                                .toString())
                .body(SeriesTable.of(answer(subject, question)));
    }

    private Series answer(Subject subject, Question question) {
        ResourceId resource = question.one();
        return resource == null
                ? reader.all(subject, question.stretch(), question.begin(), question.end())
                : reader.of(subject, resource, question.stretch(), question.begin(), question.end());
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemCode.INVALID_VALUE, detail);
    }
}
