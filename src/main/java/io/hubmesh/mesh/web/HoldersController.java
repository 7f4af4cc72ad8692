package io.hubmesh.mesh.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.library.Library;
import io.hubmesh.mesh.Mesh;
import io.hubmesh.permissions.Level;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How many peers hold a content, for those who may read a file that has it. */
@RestController
class HoldersController {

    /** As many rows as a page shows, with room; bounds the decisions that one request costs. */
    private static final int MOST_CONTENTS = 200;

    private final Library library;
    private final Mesh mesh;

    HoldersController(Library library, Mesh mesh) {
        this.library = library;
        this.mesh = mesh;
    }

    /** Contents that the subject may not read are left out, as if they did not exist. */
    @GetMapping("/api/v1/mesh/holders")
    Map<String, Integer> holders(Subject subject, @RequestParam(name = "content") List<String> contents) {
        if (contents.size() > MOST_CONTENTS) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "Ask for at most " + MOST_CONTENTS + " contents at a time.");
        }
        Map<String, Integer> holders = new TreeMap<>();
        for (String hex : contents) {
            ContentId content = new ContentId(hex);
            if (mayRead(subject, content)) {
                holders.put(hex, mesh.peersHolding(content));
            }
        }
        return holders;
    }

    private boolean mayRead(Subject subject, ContentId content) {
        return library.holding(content).stream()
                .anyMatch(file -> library.decide(subject, Level.READ, file.id()).allowed());
    }
}
