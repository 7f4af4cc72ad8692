package io.hubmesh.library.web;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Library;
import io.hubmesh.library.Preview;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Versions;
import io.hubmesh.permissions.Level;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of one file, and what is done there to its versions: plain forms, answered by a redirect. */
@Controller
@RequestMapping("/resources/{id}")
class FilePage {

    private final Library library;
    private final Versions versions;
    private final Accounts accounts;

    FilePage(Library library, Versions versions, Accounts accounts) {
        this.library = library;
        this.versions = versions;
        this.accounts = accounts;
    }

    /** @param by the name of who brought it, where it is known */
    record VersionRow(
            Resource.FileVersion version, @Nullable String by) {}

    @GetMapping
    String file(Subject subject, @PathVariable String id, Model model) {
        Resource resource = library.require(subject, ResourceId.of(id), Level.READ);
        if (resource.isFolder()) {
            return "redirect:/library/" + resource.id();
        }
        Level level = library.levelOf(subject, resource.id()).orElse(Level.READ);
        model.addAttribute("resource", resource);
        model.addAttribute("ancestors", Paths.above(library, subject, resource));
        model.addAttribute("level", level);
        model.addAttribute(
                "preview", Preview.of(Objects.requireNonNull(resource.file())).orElse(null));
        model.addAttribute("versions", level.includes(Level.WRITE) ? versionsOf(subject, resource) : null);
        return "resource";
    }

    @PostMapping("/versions/{number}/restore")
    String restore(
            Subject subject,
            @PathVariable String id,
            @PathVariable int number,
            @RequestParam(defaultValue = "-1") long revision,
            RedirectAttributes next) {
        ResourceId file = ResourceId.of(id);
        return answer(file, next, () -> {
            versions.restore(subject, file, new Expected(revision), number);
            return "Version " + number + " is the newest again.";
        });
    }

    @PostMapping("/versions/{number}/remove")
    String remove(Subject subject, @PathVariable String id, @PathVariable int number, RedirectAttributes next) {
        ResourceId file = ResourceId.of(id);
        return answer(file, next, () -> {
            versions.remove(subject, file, number);
            return "Version " + number + " is gone for good.";
        });
    }

    private static String answer(ResourceId file, RedirectAttributes next, Supplier<String> deed) {
        try {
            next.addFlashAttribute("said", deed.get());
        } catch (ProblemException problem) {
            if (problem.code() == ProblemCode.NOT_FOUND || problem.code() == ProblemCode.FORBIDDEN) {
                throw problem;
            }
            next.addFlashAttribute("problem", problem.detail());
        }
        return "redirect:/resources/" + file;
    }

    private List<VersionRow> versionsOf(Subject subject, Resource file) {
        return versions.of(subject, file.id()).stream()
                .map(version -> new VersionRow(
                        version,
                        version.by() == null
                                ? null
                                : accounts.find(version.by())
                                        .map(Account::displayName)
                                        .orElse(null)))
                .toList();
    }
}
