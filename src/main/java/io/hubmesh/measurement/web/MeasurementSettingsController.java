package io.hubmesh.measurement.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.measurement.MeasurementSettings;
import io.hubmesh.measurement.MeasurementSettings.Price;
import io.hubmesh.measurement.MeasurementSettingsBook;
import io.hubmesh.web.EntityTag;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What egress costs and how long series are kept, for administrators. Read and written whole; {@code If-Match} must be said. */
@RestController
@RequestMapping("/api/v1/measurement/settings")
class MeasurementSettingsController {

    private final MeasurementSettingsBook book;

    MeasurementSettingsController(MeasurementSettingsBook book) {
        this.book = book;
    }

    /** @param keepDaysForDays null keeps days for ever */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Shown(
            @Nullable Price price,
            int keepMinutesForHours,
            int keepHoursForDays,
            @Nullable Integer keepDaysForDays) {}

    record WantedPrice(@Nullable BigDecimal perGb, @Nullable String currency) {}

    /** @param price null says nothing about money */
    record Wanted(
            @Nullable WantedPrice price,
            @Nullable Integer keepMinutesForHours,
            @Nullable Integer keepHoursForDays,
            @Nullable Integer keepDaysForDays) {}

    @GetMapping
    ResponseEntity<Shown> settings() {
        return answer(book.now());
    }

    @PutMapping
    ResponseEntity<Shown> change(
            Subject subject,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String tag,
            @RequestBody Wanted wanted) {
        long version = EntityTag.required(tag);
        if (wanted.keepMinutesForHours() == null || wanted.keepHoursForDays() == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "Say how long: keepMinutesForHours and keepHoursForDays.");
        }
        return answer(book.change(
                subject,
                new MeasurementSettings(
                        version,
                        price(wanted.price()),
                        wanted.keepMinutesForHours(),
                        wanted.keepHoursForDays(),
                        wanted.keepDaysForDays())));
    }

    private static @Nullable Price price(@Nullable WantedPrice wanted) {
        if (wanted == null) {
            return null;
        }
        if (wanted.perGb() == null || wanted.currency() == null) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "A price has perGb and currency.");
        }
        return new Price(wanted.perGb(), wanted.currency());
    }

    private static ResponseEntity<Shown> answer(MeasurementSettings now) {
        return ResponseEntity.ok()
                .eTag(EntityTag.of(now.version()))
                .body(new Shown(now.price(), now.keepMinutesForHours(), now.keepHoursForDays(), now.keepDaysForDays()));
    }
}
