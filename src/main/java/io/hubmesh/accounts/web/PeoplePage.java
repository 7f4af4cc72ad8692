package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.CreatedAccount;
import io.hubmesh.accounts.NewAccount;
import io.hubmesh.accounts.Role;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's list of accounts. Works without JavaScript: plain forms, each answered by a redirect. */
@Controller
@RequestMapping("/administration/people")
class PeoplePage {

    private static final int UNPROCESSABLE = 422;

    /** People; a school's worth is a few presses of a button. */
    private static final int AT_ONCE = 100;

    private static final String HERE = "redirect:/administration/people";

    private final Accounts accounts;

    PeoplePage(Accounts accounts) {
        this.accounts = accounts;
    }

    /** What the form for a new account holds; an empty password lets the hub make one. */
    record NewPerson(
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String password,
            @Nullable Role role) {

        static final NewPerson EMPTY = new NewPerson("", "", "", Role.MEMBER);

        NewAccount toAccount() {
            return new NewAccount(
                    name == null ? "" : name,
                    displayName == null ? "" : displayName,
                    password == null || password.isEmpty() ? null : password,
                    role == null ? Role.MEMBER : role);
        }
    }

    /**
     * @param find leaves out whose name and display name do not contain it
     * @param after the name that the list begins after, empty for all of it
     */
    @GetMapping
    String people(
            @RequestParam(defaultValue = "") String find, @RequestParam(defaultValue = "") String after, Model model) {
        List<Account> found = accounts.after(after, AT_ONCE + 1, find.strip());
        List<Account> people = found.subList(0, Math.min(AT_ONCE, found.size()));
        model.addAttribute("find", find.strip());
        model.addAttribute("people", people);
        model.addAttribute(
                "next", found.size() > AT_ONCE ? people.get(AT_ONCE - 1).name() : null);
        model.addAttribute("later", !after.isEmpty());
        if (!model.containsAttribute("form")) {
            model.addAttribute("form", NewPerson.EMPTY);
        }
        return "people";
    }

    @PostMapping
    String create(
            @ModelAttribute("form") NewPerson form,
            BindingResult binding,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        if (!binding.hasErrors()) {
            try {
                CreatedAccount created = accounts.create(form.toAccount());
                next.addFlashAttribute("createdName", created.account().name());
                next.addFlashAttribute("generatedPassword", created.generatedPassword());
                return HERE;
            } catch (ProblemException problem) {
                binding.rejectValue(fieldOf(problem.code()), problem.code().code(), problem.detail());
            }
        }
        response.setStatus(UNPROCESSABLE);
        return people("", "", model);
    }

    private static String fieldOf(ProblemCode code) {
        return switch (code) {
            case INVALID_PASSWORD -> "password";
            case INVALID_VALUE -> "displayName";
            default -> "name";
        };
    }
}
