package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.library.LibrarySettings;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's settings of the library. Works without JavaScript: a plain form, answered by a redirect. */
@Controller
@RequestMapping("/administration/library")
class LibrarySettingsPage {

    private static final int UNPROCESSABLE = 422;

    private final LibrarySettings settings;

    LibrarySettingsPage(LibrarySettings settings) {
        this.settings = settings;
    }

    record Form(
            long version,
            @Nullable Integer versionsKept,
            @Nullable Integer versionDays,
            @Nullable Integer trashDays) {

        static Form of(LibrarySettings.Policy policy) {
            return new Form(policy.version(), policy.versionsKept(), policy.versionDays(), policy.trashDays());
        }

        LibrarySettings.Policy wish() {
            return new LibrarySettings.Policy(version, count(versionsKept), count(versionDays), count(trashDays));
        }

        /** Nothing entered is out of every bound. */
        private static int count(@Nullable Integer entered) {
            return entered == null ? -1 : entered;
        }
    }

    @GetMapping
    String settings(Model model) {
        if (!model.containsAttribute("form")) {
            model.addAttribute("form", Form.of(settings.now()));
        }
        return "library-settings";
    }

    @PostMapping
    String change(
            Subject subject,
            @ModelAttribute("form") Form form,
            BindingResult binding,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        if (!binding.hasErrors()) {
            try {
                settings.change(subject, form.wish());
                next.addFlashAttribute("saved", true);
                return "redirect:/administration/library";
            } catch (ProblemException problem) {
                model.addAttribute("problem", problem.detail());
            }
        } else {
            model.addAttribute("problem", "Enter whole numbers.");
        }
        response.setStatus(UNPROCESSABLE);
        return "library-settings";
    }
}
