package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The library as a person walks it: folders, and the page of one file. */
@Controller
class LibraryPage {

    private final Library library;

    LibraryPage(Library library) {
        this.library = library;
    }

    /** A line of the list; {@code writable} lets the person rename and delete it. */
    record Row(Resource resource, boolean writable) {}

    /** Where everybody starts: what was granted to them, and for an administrator the top folder. */
    @GetMapping("/library")
    String entrances(Subject subject, Model model) {
        if (subject.isAdministrator()) {
            return folder(subject, library.require(subject, ResourceId.ROOT, Level.READ), model);
        }
        return list(subject, null, library.entrances(subject), model);
    }

    @GetMapping("/library/{id}")
    String folder(Subject subject, @PathVariable String id, Model model) {
        Resource resource = library.require(subject, ResourceId.of(id), Level.READ);
        return resource.isFolder() ? folder(subject, resource, model) : "redirect:/resources/" + resource.id();
    }

    @GetMapping("/resources/{id}")
    String file(Subject subject, @PathVariable String id, Model model) {
        Resource resource = library.require(subject, ResourceId.of(id), Level.READ);
        if (resource.isFolder()) {
            return "redirect:/library/" + resource.id();
        }
        model.addAttribute("resource", resource);
        model.addAttribute("ancestors", ancestors(subject, resource));
        model.addAttribute("level", levelOf(subject, resource));
        return "resource";
    }

    private String folder(Subject subject, Resource folder, Model model) {
        return list(subject, folder, library.children(subject, folder.id()), model);
    }

    private String list(Subject subject, @Nullable Resource folder, List<Resource> items, Model model) {
        Level level = folder == null ? Level.READ : levelOf(subject, folder);
        boolean writable = level.includes(Level.WRITE);
        model.addAttribute("title", folder == null || isTop(folder) ? "Library" : folder.name());
        model.addAttribute("folder", folder);
        model.addAttribute("ancestors", folder == null || isTop(folder) ? null : ancestors(subject, folder));
        model.addAttribute("writable", writable);
        model.addAttribute("manageable", folder != null && level.includes(Level.MANAGE));
        model.addAttribute(
                "rows",
                items.stream()
                        .map(item ->
                                new Row(item, writable || levelOf(subject, item).includes(Level.WRITE)))
                        .toList());
        return "library";
    }

    private static boolean isTop(Resource folder) {
        return folder.id().equals(ResourceId.ROOT);
    }

    /** For a resource that the subject is known to see. */
    private Level levelOf(Subject subject, Resource resource) {
        return library.levelOf(subject, resource.id()).orElse(Level.READ);
    }

    /** The readable folders above, top first, without the top folder itself, which "Library" stands for. */
    private List<Resource> ancestors(Subject subject, Resource resource) {
        return library.path(subject, resource.id()).stream()
                .filter(step -> !step.id().equals(ResourceId.ROOT) && !step.id().equals(resource.id()))
                .toList();
    }
}
