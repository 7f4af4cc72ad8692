package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Clash;
import io.hubmesh.library.Expected;
import io.hubmesh.library.FolderLists;
import io.hubmesh.library.Library;
import io.hubmesh.library.LibraryChanges;
import io.hubmesh.library.Moving;
import io.hubmesh.library.Order;
import io.hubmesh.library.Resource;
import io.hubmesh.library.ResourcePage;
import io.hubmesh.library.ResourceView;
import io.hubmesh.library.Trash;
import io.hubmesh.permissions.Level;
import io.hubmesh.web.CreatesOnce;
import io.hubmesh.web.Items;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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

/**
 * Folders and files, without their bytes. {@code If-Match} is asked for by no change and heeded by every one; the pages always
 * send it.
 */
@RestController
@RequestMapping("/api/v1")
class ResourcesController {

    private static final String RESOURCES = "/api/v1/resources/";

    private final Library library;
    private final FolderLists lists;
    private final LibraryChanges changes;
    private final Moving moving;
    private final Trash trash;

    ResourcesController(Library library, FolderLists lists, LibraryChanges changes, Moving moving, Trash trash) {
        this.library = library;
        this.lists = lists;
        this.changes = changes;
        this.moving = moving;
        this.trash = trash;
    }

    record NewFolder(@Nullable String name) {}

    /** @param parent the folder to move it to */
    record Change(
            @Nullable String name,
            @Nullable String parent,
            @Nullable Boolean peerDelivery,
            @Nullable String clash) {}

    /** @param parent the folder that the copy is to stand in */
    record Copy(
            @Nullable String parent,
            @Nullable String name,
            @Nullable String clash) {}

    @GetMapping("/library")
    ResponseEntity<Items<ResourceView>> entrances(
            Subject subject,
            @RequestParam @Nullable String sort,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "" + ResourcePage.USUAL) int limit) {
        Order order = Order.of(sort);
        return Pages.answer("/api/v1/library", order, limit, lists.entrances(subject, order, cursor, limit));
    }

    @GetMapping("/resources/{id}")
    ResponseEntity<ResourceView> one(Subject subject, @PathVariable String id) {
        return tagged(subject, library.require(subject, ResourceId.of(id), Level.READ));
    }

    /** What a folder holds; with a name, the one thing in it that is called so. */
    @GetMapping("/resources/{id}/children")
    ResponseEntity<Items<ResourceView>> children(
            Subject subject,
            @PathVariable String id,
            @RequestParam @Nullable String name,
            @RequestParam @Nullable String sort,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "" + ResourcePage.USUAL) int limit) {
        ResourceId folder = ResourceId.of(id);
        if (name != null) {
            return ResponseEntity.ok(new Items<>(library.child(subject, folder, name).stream()
                    .map(child -> view(subject, child))
                    .toList()));
        }
        Order order = Order.of(sort);
        return Pages.answer(
                RESOURCES + folder + "/children", order, limit, lists.children(subject, folder, order, cursor, limit));
    }

    @CreatesOnce
    @PostMapping("/resources/{id}/folders")
    ResponseEntity<ResourceView> createFolder(Subject subject, @PathVariable String id, @RequestBody NewFolder wanted) {
        if (wanted.name() == null) {
            throw new ProblemException(ProblemCode.INVALID_NAME, "Give the folder a name.");
        }
        return created(subject, changes.createFolder(subject, ResourceId.of(id), wanted.name()));
    }

    @PatchMapping("/resources/{id}")
    ResponseEntity<ResourceView> change(
            Subject subject,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String tag,
            @RequestBody Change change) {
        ResourceId resource = ResourceId.of(id);
        Expected expected = Expected.of(tag);
        if (change.parent() != null && change.peerDelivery() == null) {
            ResourceId to = ResourceId.of(change.parent());
            moving.move(subject, resource, expected, to, change.name(), Clash.of(change.clash()));
        } else if (change.parent() == null && (change.name() != null || change.peerDelivery() != null)) {
            changes.change(subject, resource, expected, change.name(), change.peerDelivery());
        } else {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE,
                    "Say what to change: parent to move it, name, or peerDelivery; a move and peerDelivery one by one.");
        }
        return one(subject, id);
    }

    @CreatesOnce
    @PostMapping("/resources/{id}/copies")
    ResponseEntity<ResourceView> copy(Subject subject, @PathVariable String id, @RequestBody Copy wanted) {
        ResourceId original = ResourceId.of(id);
        library.require(subject, original, Level.READ);
        if (wanted.parent() == null) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "Say where the copy goes: parent.");
        }
        ResourceId to = ResourceId.of(wanted.parent());
        return created(subject, moving.copy(subject, original, to, wanted.name(), Clash.of(wanted.clash())));
    }

    /** Into the trash. */
    @DeleteMapping("/resources/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Subject subject,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String tag) {
        trash.delete(subject, ResourceId.of(id), Expected.of(tag));
    }

    private ResponseEntity<ResourceView> created(Subject subject, Resource resource) {
        return ResponseEntity.created(URI.create(RESOURCES + resource.id()))
                .eTag(Expected.tag(resource))
                .body(view(subject, resource));
    }

    private ResponseEntity<ResourceView> tagged(Subject subject, Resource resource) {
        return ResponseEntity.ok().eTag(Expected.tag(resource)).body(view(subject, resource));
    }

    private ResourceView view(Subject subject, Resource resource) {
        return ResourceView.of(resource, library.levelOf(subject, resource.id()).orElse(null));
    }
}
