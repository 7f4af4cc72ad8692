package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.EgressBook;
import io.hubmesh.delivery.EgressCaps;
import io.hubmesh.kernel.Bytes;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's limits of what the hub sends. Works without JavaScript: a plain form, answered by a redirect. */
@Controller
@RequestMapping("/administration/egress")
class EgressPage {

    private static final int UNPROCESSABLE = 422;

    private final EgressBook book;

    EgressPage(EgressBook book) {
        this.book = book;
    }

    /** What the form holds, in MiB a second; empty for no limit. */
    record Form(
            long version,
            @Nullable BigDecimal hub,
            @Nullable BigDecimal account) {

        static Form of(EgressCaps caps) {
            return new Form(caps.version(), mebibytes(caps.hub()), mebibytes(caps.account()));
        }

        @Nullable
        Long hubRate() {
            return bytes(hub);
        }

        @Nullable
        Long accountRate() {
            return bytes(account);
        }

        private static @Nullable BigDecimal mebibytes(@Nullable Long bytes) {
            return bytes == null ? null : Bytes.inMebibytes(bytes);
        }

        private static @Nullable Long bytes(@Nullable BigDecimal mebibytes) {
            return mebibytes == null ? null : Bytes.ofMebibytes(mebibytes);
        }
    }

    @GetMapping
    String limits(Model model) {
        if (!model.containsAttribute("form")) {
            model.addAttribute("form", Form.of(book.now()));
        }
        return "egress";
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
                book.change(subject, form.hubRate(), form.accountRate(), form.version());
                next.addFlashAttribute("saved", true);
                return "redirect:/administration/egress";
            } catch (ProblemException problem) {
                refuse(problem, model);
            }
        }
        response.setStatus(UNPROCESSABLE);
        return limits(model);
    }

    private static void refuse(ProblemException problem, Model model) {
        if (problem.code() == ProblemCode.INVALID_VALUE) {
            model.addAttribute("problem", "A limit is " + EgressCaps.BOUNDS_IN_WORDS + ", or empty for none.");
        } else if (problem.code() == ProblemCode.PRECONDITION_FAILED) {
            model.addAttribute("problem", problem.code().title() + ".");
        } else {
            throw problem;
        }
    }
}
