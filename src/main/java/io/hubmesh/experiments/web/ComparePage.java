package io.hubmesh.experiments.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.experiments.Experiment;
import io.hubmesh.experiments.Experiments;
import io.hubmesh.kernel.Ids;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Search;
import io.hubmesh.permissions.Level;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Compare: choose a file, run an experiment with it, look at what came of those before. Plain forms, answered by a redirect. */
@Controller
@RequestMapping("/compare")
class ComparePage {

    private static final int UNPROCESSABLE = 422;
    private static final int MOST_FOUND = 20;

    /** Experiments on one page. */
    private static final int MOST_LISTED = 50;

    private static final UUID LAST_ID = new UUID(-1, -1);

    private final Experiments experiments;
    private final Library library;
    private final Search search;

    ComparePage(Experiments experiments, Library library, Search search) {
        this.experiments = experiments;
        this.library = library;
        this.search = search;
    }

    @GetMapping
    String compare(
            Subject subject,
            @RequestParam @Nullable String find,
            @RequestParam @Nullable String resource,
            @RequestParam @Nullable String again,
            Model model) {
        if (again != null) {
            Experiment before = experiments.one(subject, Ids.uuid(again)).experiment();
            return showAgain(subject, before, model);
        }
        if (resource != null) {
            model.addAttribute("form", CompareForm.first(resource));
        }
        return show(subject, find, resource, model);
    }

    @PostMapping
    String begin(
            Subject subject,
            @ModelAttribute("form") CompareForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response) {
        String problem = "Enter a number in each field.";
        if (!binding.hasErrors()) {
            try {
                Experiment begun = experiments.begin(subject, form.file(), form.name(), form::settings);
                return "redirect:/compare/" + begun.id();
            } catch (ProblemException refused) {
                if (refused.code() == ProblemCode.NOT_FOUND && form.resource() == null) {
                    throw refused;
                }
                problem = refused.detail();
            }
        }
        model.addAttribute("form", form); // what of it could be read, where not all could
        model.addAttribute("problem", problem);
        response.setStatus(UNPROCESSABLE);
        return show(subject, null, form.resource(), model);
    }

    @GetMapping("/{experiment}")
    String one(Subject subject, @PathVariable String experiment, Model model) {
        Experiments.Whole whole = experiments.one(subject, Ids.uuid(experiment));
        model.addAttribute("whole", whole);
        model.addAttribute("one", whole.experiment());
        model.addAttribute("live", whole.live());
        return "comparison";
    }

    @PostMapping("/{experiment}/stop")
    String stop(Subject subject, @PathVariable String experiment) {
        experiments.stop(subject, Ids.uuid(experiment));
        return "redirect:/compare/" + Ids.uuid(experiment);
    }

    @PostMapping("/{experiment}/rename")
    String rename(
            Subject subject,
            @PathVariable String experiment,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "-1") long version,
            RedirectAttributes next) {
        try {
            experiments.rename(subject, Ids.uuid(experiment), name, version);
        } catch (ProblemException refused) {
            if (refused.code() == ProblemCode.NOT_FOUND) {
                throw refused;
            }
            next.addFlashAttribute("problem", refused.detail());
        }
        return "redirect:/compare/" + Ids.uuid(experiment);
    }

    @PostMapping("/{experiment}/delete")
    String delete(Subject subject, @PathVariable String experiment, RedirectAttributes next) {
        try {
            experiments.delete(subject, Ids.uuid(experiment));
        } catch (ProblemException refused) {
            if (refused.code() == ProblemCode.NOT_FOUND) {
                throw refused;
            }
            next.addFlashAttribute("problem", refused.detail());
            return "redirect:/compare/" + Ids.uuid(experiment);
        }
        next.addFlashAttribute("said", "The experiment is deleted.");
        return "redirect:/compare";
    }

    private String show(Subject subject, @Nullable String find, @Nullable String resource, Model model) {
        if (resource != null) {
            choose(subject, ResourceId.of(resource), model);
        } else if (find != null && !find.isBlank()) {
            find(subject, find, model);
        }
        model.addAttribute("find", find);
        model.addAttribute(
                "past", experiments.newest(subject, Instant.ofEpochMilli(Long.MAX_VALUE), LAST_ID, MOST_LISTED));
        return "compare";
    }

    /** The form as it was filled in before, with those of its receivers who are here now. */
    private String showAgain(Subject subject, Experiment before, Model model) {
        ResourceId file = before.file().resource();
        String page = show(subject, null, file.toString(), model);
        List<String> present = experiments.candidates(subject, file).stream()
                .map(Experiments.Candidate::peer)
                .toList();
        CompareForm form = CompareForm.of(before);
        model.addAttribute("form", form.among(present));
        model.addAttribute("missing", form.missing(present));
        return page;
    }

    private void choose(Subject subject, ResourceId id, Model model) {
        Resource file = library.requireFile(subject, id, Level.MANAGE);
        model.addAttribute("file", file);
        model.addAttribute("candidates", experiments.candidates(subject, id));
        model.addAttribute("models", Experiments.models());
    }

    private void find(Subject subject, String find, Model model) {
        try {
            List<Resource> found = search.find(subject, find, null, MOST_FOUND).hits().stream()
                    .filter(hit -> hit.level().includes(Level.MANAGE)
                            && !hit.resource().isFolder())
                    .map(Search.Hit::resource)
                    .toList();
            model.addAttribute("found", found);
        } catch (ProblemException refused) {
            model.addAttribute("problem", refused.detail());
        }
    }
}
