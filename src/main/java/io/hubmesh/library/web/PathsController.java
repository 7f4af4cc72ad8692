package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.FolderPaths;
import io.hubmesh.library.Library;
import io.hubmesh.library.ResourceView;
import io.hubmesh.permissions.Level;
import io.hubmesh.web.Items;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Many folders with one request. */
@RestController
class PathsController {

    private final FolderPaths folders;
    private final Library library;

    PathsController(FolderPaths folders, Library library) {
        this.folders = folders;
        this.library = library;
    }

    /** @param paths each the names of folders below one another, top first */
    record Wanted(@Nullable List<List<String>> paths) {}

    /** Answers the folder at the end of each path, in their order; those that are there stay as they are. */
    @PostMapping("/api/v1/resources/{id}/paths")
    Items<ResourceView> make(Subject subject, @PathVariable String id, @RequestBody Wanted wanted) {
        ResourceId folder = ResourceId.of(id);
        library.require(subject, folder, Level.READ);
        List<List<String>> paths = wanted.paths();
        if (paths == null
                || paths.stream().anyMatch(path -> path == null || path.stream().anyMatch(java.util.Objects::isNull))) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "Say the paths: lists of names of folders.");
        }
        return new Items<>(folders.make(subject, folder, paths).stream()
                .map(made -> ResourceView.of(made, null))
                .toList());
    }
}
