package io.hubmesh.mesh.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.settings.MeshSettings;
import io.hubmesh.mesh.settings.SettingsBook;
import io.hubmesh.mesh.settings.SettingsWish;
import io.hubmesh.mesh.swarm.LeasePolicy;
import io.hubmesh.web.EntityTag;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The settings of the mesh, for administrators. Read and written whole; {@code ETag} and {@code If-Match} as in RFC 9110. */
@RestController
@RequestMapping("/api/v1/mesh/settings")
class SettingsController {

    private final SettingsBook book;

    SettingsController(SettingsBook book) {
        this.book = book;
    }

    /** What is answered; the secret never is. */
    record Shown(
            List<String> turn,
            boolean turnSecretKnown,
            long credentialMinutes,
            LeasePolicy leases,
            long graceMinutes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String secondStun) {}

    /** What is to be; a secret that is left out stays as it is. Whoever sends back what was read says, too, that it is known. */
    @JsonIgnoreProperties("turnSecretKnown")
    record Wanted(
            @Nullable List<String> turn,
            @Nullable String turnSecret,
            @Nullable Long credentialMinutes,
            @Nullable LeasePolicy leases,
            @Nullable Long graceMinutes,
            @Nullable String secondStun) {

        SettingsWish wish() {
            if (turn == null || credentialMinutes == null || leases == null || graceMinutes == null) {
                throw new ProblemException(
                        ProblemCode.INVALID_VALUE,
                        "Say all of them: turn, credentialMinutes, leases (BY_SIZE, THRIFTY or FAST), graceMinutes.");
            }
            return new SettingsWish(
                    turn, turnSecret, minutes(credentialMinutes), leases, minutes(graceMinutes), secondStun);
        }

        private static Duration minutes(long count) {
            return Duration.ofMinutes(Math.max(-1, Math.min(count, Integer.MAX_VALUE)));
        }
    }

    @GetMapping
    ResponseEntity<Shown> settings() {
        return answer(book.now());
    }

    @PutMapping
    ResponseEntity<Shown> change(
            Subject subject,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String tag,
            @RequestBody Wanted wanted) {
        return answer(book.change(subject, wanted.wish(), EntityTag.required(tag)));
    }

    private static ResponseEntity<Shown> answer(MeshSettings settings) {
        return ResponseEntity.ok()
                .eTag(EntityTag.of(settings.version()))
                .body(new Shown(
                        settings.turn(),
                        settings.turnSecretKnown(),
                        settings.credentialLife().toMinutes(),
                        settings.leases(),
                        settings.grace().toMinutes(),
                        settings.secondStun()));
    }
}
