package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.library.ResourcePage;
import io.hubmesh.library.ResourceView;
import io.hubmesh.library.Trash;
import io.hubmesh.web.Items;
import io.hubmesh.web.NextPart;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was deleted, for those who may write where it was. */
@RestController
@RequestMapping("/api/v1/trash")
class TrashController {

    private final Trash trash;
    private final Library library;

    TrashController(Trash trash, Library library) {
        this.trash = trash;
        this.library = library;
    }

    /**
     * @param place where it would be restored to
     * @param placeIsGone whether that is not the folder that it was in, but one above
     */
    record Deleted(
            ResourceView resource,
            String place,
            String placeName,
            boolean placeIsGone,
            String deletedBy,
            Instant deletedAt,
            boolean removable) {

        static Deleted of(Trash.Item item) {
            return new Deleted(
                    ResourceView.of(item.resource(), null),
                    item.place().id().toString(),
                    item.place().name(),
                    item.placeIsGone(),
                    item.by(),
                    item.at(),
                    item.manageable());
        }
    }

    /** @param parent the folder to restore it to; absent for where it was */
    record Restoration(@Nullable String parent) {}

    @GetMapping
    ResponseEntity<Items<Deleted>> list(
            Subject subject,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "" + ResourcePage.USUAL) int limit) {
        Trash.Part part = trash.list(subject, cursor, limit);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (part.next() != null) {
            NextPart.link(answer, "/api/v1/trash?limit=" + limit + "&cursor=" + part.next());
        }
        return answer.body(new Items<>(part.items().stream().map(Deleted::of).toList()));
    }

    @PostMapping("/{id}/restorations")
    ResponseEntity<ResourceView> restore(
            Subject subject, @PathVariable String id, @RequestBody(required = false) @Nullable Restoration wanted) {
        String parent = wanted == null ? null : wanted.parent();
        Resource restored = trash.restore(subject, ResourceId.of(id), parent == null ? null : ResourceId.of(parent));
        return ResponseEntity.ok()
                .eTag(Expected.tag(restored))
                .body(ResourceView.of(
                        restored, library.levelOf(subject, restored.id()).orElse(null)));
    }

    /** @param removed how many things are gone for good */
    record Emptied(int removed) {}

    /** Removes for good what the subject manages of what the list begins with. */
    @DeleteMapping
    Emptied empty(Subject subject) {
        return new Emptied(trash.empty(subject));
    }

    /** For good. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Subject subject, @PathVariable String id) {
        trash.remove(subject, ResourceId.of(id));
    }
}
