package io.hubmesh.mesh.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.settings.InvalidSetting;
import io.hubmesh.mesh.settings.MeshSettings;
import io.hubmesh.mesh.settings.SettingsBook;
import io.hubmesh.mesh.settings.SettingsWish;
import io.hubmesh.mesh.swarm.LeasePolicy;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's settings of the mesh. Works without JavaScript: a plain form, answered by a redirect. */
@Controller
@RequestMapping("/administration/mesh")
class SettingsPage {

    private static final int UNPROCESSABLE = 422;

    private final SettingsBook book;

    SettingsPage(SettingsBook book) {
        this.book = book;
    }

    /**
     * What the form holds.
     *
     * @param turn one address a line
     * @param turnSecret empty keeps the one there is; never filled by the hub
     */
    record Form(
            long version,
            @Nullable String turn,
            @Nullable String turnSecret,
            @Nullable Integer credentialMinutes,
            @Nullable LeasePolicy leases,
            @Nullable Integer graceMinutes,
            @Nullable String secondStun) {

        static Form of(MeshSettings settings) {
            return new Form(
                    settings.version(),
                    String.join("\n", settings.turn()),
                    "",
                    (int) settings.credentialLife().toMinutes(),
                    settings.leases(),
                    (int) settings.grace().toMinutes(),
                    settings.secondStun());
        }

        SettingsWish wish() {
            return new SettingsWish(
                    lines(turn),
                    turnSecret == null || turnSecret.isBlank() ? null : turnSecret.strip(),
                    minutes(credentialMinutes),
                    leases == null ? LeasePolicy.BY_SIZE : leases,
                    minutes(graceMinutes),
                    secondStun == null || secondStun.isBlank() ? null : secondStun.strip());
        }

        private static List<String> lines(@Nullable String text) {
            return Arrays.stream((text == null ? "" : text).split("\\R"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }

        /** Nothing entered is out of every bound. */
        private static Duration minutes(@Nullable Integer count) {
            return Duration.ofMinutes(count == null ? -1 : count);
        }
    }

    @GetMapping
    String settings(Model model) {
        if (!model.containsAttribute("form")) {
            model.addAttribute("form", Form.of(book.now()));
        }
        model.addAttribute("secretKnown", book.now().turnSecretKnown());
        return "mesh-settings";
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
                book.change(subject, form.wish(), form.version());
                next.addFlashAttribute("saved", true);
                return "redirect:/administration/mesh";
            } catch (InvalidSetting invalid) {
                binding.rejectValue(fieldOf(invalid.which()), invalid.code().code(), invalid.detail());
            } catch (ProblemException problem) {
                refuseStale(problem, model);
            }
        }
        response.setStatus(UNPROCESSABLE);
        return settings(model);
    }

    /** Somebody was quicker: the page says so, and offers what they have chosen. */
    private static void refuseStale(ProblemException problem, Model model) {
        if (problem.code() != ProblemCode.PRECONDITION_FAILED) {
            throw problem;
        }
        model.addAttribute("problem", problem.code().title() + ".");
    }

    private static String fieldOf(InvalidSetting.Which which) {
        return switch (which) {
            case TURN -> "turn";
            case TURN_SECRET -> "turnSecret";
            case CREDENTIAL_LIFE -> "credentialMinutes";
            case GRACE -> "graceMinutes";
            case SECOND_STUN -> "secondStun";
        };
    }
}
