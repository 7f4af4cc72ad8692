package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.ResourcePage;
import io.hubmesh.library.Search;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The library searched by a part of a name. Works without JavaScript. */
@Controller
class SearchPage {

    private final Search search;

    SearchPage(Search search) {
        this.search = search;
    }

    @GetMapping("/search")
    String find(
            Subject subject, @RequestParam @Nullable String name, @RequestParam @Nullable String cursor, Model model) {
        Search.Part part = new Search.Part(List.of(), null);
        boolean asked = false;
        if (name != null && !name.isBlank()) {
            asked = true;
            try {
                part = search.find(subject, name, cursor, ResourcePage.USUAL);
            } catch (ProblemException problem) {
                model.addAttribute("problem", problem.detail());
            }
        }
        model.addAttribute("name", name);
        model.addAttribute("asked", asked);
        model.addAttribute("hits", part.hits());
        model.addAttribute("next", part.next());
        model.addAttribute("later", cursor != null);
        model.addAttribute("top", ResourceId.ROOT);
        return "search";
    }
}
