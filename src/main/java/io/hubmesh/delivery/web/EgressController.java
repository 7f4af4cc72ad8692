package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.EgressBook;
import io.hubmesh.delivery.EgressCaps;
import io.hubmesh.web.EntityTag;
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
        return answer(book.change(subject, wanted.hub(), wanted.account(), EntityTag.required(tag)));
    }

    private static ResponseEntity<Limits> answer(EgressCaps caps) {
        return ResponseEntity.ok().eTag(EntityTag.of(caps.version())).body(new Limits(caps.hub(), caps.account()));
    }
}
