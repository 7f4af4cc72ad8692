package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.LibraryChanges;
import io.hubmesh.library.Resource;
import io.hubmesh.library.ResourceView;
import io.hubmesh.permissions.Level;
import io.hubmesh.web.Items;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Folders and files, without their bytes. */
@RestController
@RequestMapping("/api/v1")
class ResourcesController {

    private final Library library;
    private final LibraryChanges changes;

    ResourcesController(Library library, LibraryChanges changes) {
        this.library = library;
        this.changes = changes;
    }

    record NewFolder(@Nullable String name) {}

    record Change(@Nullable String name, @Nullable Boolean peerDelivery) {}

    @GetMapping("/library")
    Items<ResourceView> entrances(Subject subject) {
        return views(library.entrances(subject));
    }

    @GetMapping("/resources/{id}")
    ResourceView one(Subject subject, @PathVariable String id) {
        return view(subject, library.require(subject, ResourceId.of(id), Level.READ));
    }

    @GetMapping("/resources/{id}/children")
    Items<ResourceView> children(Subject subject, @PathVariable String id) {
        return views(library.children(subject, ResourceId.of(id)));
    }

    @PostMapping("/resources/{id}/folders")
    ResponseEntity<ResourceView> createFolder(Subject subject, @PathVariable String id, @RequestBody NewFolder wanted) {
        if (wanted.name() == null) {
            throw new ProblemException(ProblemCode.INVALID_NAME, "Give the folder a name.");
        }
        Resource folder = changes.createFolder(subject, ResourceId.of(id), wanted.name());
        return ResponseEntity.created(URI.create("/api/v1/resources/" + folder.id()))
                .body(view(subject, folder));
    }

    @PatchMapping("/resources/{id}")
    ResourceView change(Subject subject, @PathVariable String id, @RequestBody Change change) {
        ResourceId resource = ResourceId.of(id);
        if (change.name() == null && change.peerDelivery() == null) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "Say what to change: name or peerDelivery.");
        }
        changes.change(subject, resource, change.name(), change.peerDelivery());
        return one(subject, id);
    }

    @DeleteMapping("/resources/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Subject subject, @PathVariable String id) {
        changes.delete(subject, ResourceId.of(id));
    }

    private ResourceView view(Subject subject, Resource resource) {
        return ResourceView.of(resource, library.levelOf(subject, resource.id()).orElse(null));
    }

    private static Items<ResourceView> views(List<Resource> resources) {
        return new Items<>(resources.stream()
                .map(resource -> ResourceView.of(resource, null))
                .toList());
    }
}
