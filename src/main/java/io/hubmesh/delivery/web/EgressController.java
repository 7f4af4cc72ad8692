package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.EgressBook;
import io.hubmesh.delivery.EgressCaps;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How much the hub may send, for administrators. Read and written whole; {@code ETag} and {@code If-Match} as in RFC 9110. */
@RestController
@RequestMapping("/api/v1/egress/limits")
class EgressController {

    private static final Pattern ENTITY_TAG = Pattern.compile("\"([0-9]{1,18})\"");

    private final EgressBook book;

    EgressController(EgressBook book) {
        this.book = book;
    }

    /** In bytes a second; null for as much as there is. */
    record Limits(@Nullable Long hub, @Nullable Long account) {}

    @GetMapping
    ResponseEntity<Limits> limits() {
        return answer(book.now());
    }

    @PutMapping
    ResponseEntity<Limits> change(
            Subject subject,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String tag,
            @RequestBody Limits wanted) {
        return answer(book.change(subject, wanted.hub(), wanted.account(), versionOf(tag)));
    }

    private static long versionOf(@Nullable String tag) {
        if (tag == null) {
            throw new ProblemException(ProblemCode.PRECONDITION_REQUIRED);
        }
        Matcher matcher = ENTITY_TAG.matcher(tag);
        if (!matcher.matches()) {
            throw new ProblemException(ProblemCode.PRECONDITION_FAILED);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static ResponseEntity<Limits> answer(EgressCaps caps) {
        return ResponseEntity.ok().eTag("\"" + caps.version() + "\"").body(new Limits(caps.hub(), caps.account()));
    }
}
