package io.hubmesh.library.web;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Matrix;
import io.hubmesh.library.Reaches;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Who reaches what, and why, to look at. */
@Controller
class ReachesPage {

    private final Library library;
    private final Reaches reaches;
    private final Matrix matrix;
    private final Accounts accounts;

    ReachesPage(Library library, Reaches reaches, Matrix matrix, Accounts accounts) {
        this.library = library;
        this.reaches = reaches;
        this.matrix = matrix;
        this.accounts = accounts;
    }

    /** Of a resource; and, when somebody is named, of this one. */
    @GetMapping("/resources/{id}/access")
    String of(
            Subject subject,
            @PathVariable String id,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(required = false) @Nullable String person,
            Model model) {
        Resource resource = library.require(subject, ResourceId.of(id), Level.MANAGE);
        model.addAttribute("resource", resource);
        model.addAttribute(
                "ancestors",
                library.path(subject, resource.id()).stream()
                        .filter(step -> !step.id().equals(ResourceId.ROOT))
                        .toList());
        model.addAttribute("people", reaches.of(subject, resource.id(), page));
        if (person != null && !person.isBlank()) {
            ask(subject, resource.id(), person.strip(), model);
        }
        return "access";
    }

    private void ask(Subject subject, ResourceId resource, String person, Model model) {
        model.addAttribute("asked", person);
        try {
            model.addAttribute("why", reaches.of(subject, resource, person).orElse(null));
        } catch (ProblemException unknown) {
            model.addAttribute("problem", unknown.detail());
        }
    }

    @GetMapping("/administration/people/{id}/access")
    String ofPerson(@PathVariable String id, Model model) {
        Account account =
                accounts.find(AccountId.of(id)).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        model.addAttribute("person", account);
        model.addAttribute("ways", reaches.ways(account.id()));
        return "person-access";
    }

    @GetMapping("/administration/permissions")
    String matrix(
            Subject subject,
            @RequestParam(required = false) @Nullable String folder,
            @RequestParam(defaultValue = "0") int across,
            @RequestParam(defaultValue = "0") int down,
            Model model) {
        ResourceId shown = folder == null ? ResourceId.ROOT : ResourceId.of(folder);
        model.addAttribute("view", matrix.of(subject, shown, across, down));
        return "permissions";
    }
}
