package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.LibrarySettings;
import io.hubmesh.library.Resource;
import io.hubmesh.library.ResourcePage;
import io.hubmesh.library.Trash;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The trash as a person sees it. Works without JavaScript: plain forms, answered by a redirect. */
@Controller
@RequestMapping("/trash")
class TrashPage {

    private static final String AGAIN = "redirect:/trash";

    private final Trash trash;
    private final LibrarySettings settings;

    TrashPage(Trash trash, LibrarySettings settings) {
        this.trash = trash;
        this.settings = settings;
    }

    @GetMapping
    String list(Subject subject, @RequestParam @Nullable String cursor, Model model) {
        Trash.Part part = trash.list(subject, cursor, ResourcePage.USUAL);
        model.addAttribute("items", part.items());
        model.addAttribute("next", part.next());
        model.addAttribute("later", cursor != null);
        model.addAttribute("days", settings.now().trashDays());
        model.addAttribute("emptiable", part.items().stream().anyMatch(Trash.Item::manageable));
        return "trash";
    }

    @PostMapping("/{id}/restore")
    String restore(Subject subject, @PathVariable String id, RedirectAttributes next) {
        Resource restored = trash.restore(subject, ResourceId.of(id), null);
        next.addFlashAttribute("restored", restored);
        return AGAIN;
    }

    @PostMapping("/{id}/remove")
    String remove(Subject subject, @PathVariable String id, RedirectAttributes next) {
        trash.remove(subject, ResourceId.of(id));
        next.addFlashAttribute("said", "It is gone for good.");
        return AGAIN;
    }

    @PostMapping("/empty")
    String empty(Subject subject, RedirectAttributes next) {
        int gone = trash.empty(subject);
        next.addFlashAttribute("said", gone == 1 ? "One thing is gone for good." : gone + " things are gone for good.");
        return AGAIN;
    }
}
