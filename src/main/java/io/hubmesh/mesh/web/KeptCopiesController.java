package io.hubmesh.mesh.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.keeping.Keeping;
import io.hubmesh.mesh.keeping.KeptCopies;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** On how many peers a file is to stay available, for those who manage it. */
@RestController
@RequestMapping("/api/v1/resources/{id}/kept-copies")
class KeptCopiesController {

    private final Keeping keeping;

    KeptCopiesController(Keeping keeping) {
        this.keeping = keeping;
    }

    record Wanted(@Nullable Integer copies) {}

    @GetMapping
    KeptCopies kept(Subject subject, @PathVariable String id) {
        return keeping.of(subject, ResourceId.of(id));
    }

    @PutMapping
    KeptCopies want(Subject subject, @PathVariable String id, @RequestBody Wanted wanted) {
        Integer copies = wanted.copies();
        if (copies == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "Say how many copies: 0 to " + Keeping.MOST_COPIES + ".");
        }
        return keeping.want(subject, ResourceId.of(id), copies);
    }
}
