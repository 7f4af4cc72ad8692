package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.EgressBook;
import io.hubmesh.delivery.EgressCaps;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1024 * 1024);
    private static final int DECIMALS = 3;

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

        static @Nullable BigDecimal mebibytes(@Nullable Long bytes) {
            return bytes == null
                    ? null
                    : new BigDecimal(BigDecimal.valueOf(bytes)
                            .divide(MEBIBYTE, DECIMALS, RoundingMode.HALF_UP)
                            .stripTrailingZeros()
                            .toPlainString());
        }

        static @Nullable Long bytes(@Nullable BigDecimal mebibytes) {
            return mebibytes == null
                    ? null
                    : mebibytes
                            .multiply(MEBIBYTE)
                            .max(BigDecimal.ZERO)
                            .min(BigDecimal.valueOf(Long.MAX_VALUE))
                            .longValue();
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
                book.change(subject, Form.bytes(form.hub()), Form.bytes(form.account()), form.version());
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
            model.addAttribute("problem", "A limit is 0.016 to 95,000 MiB a second, or empty for none.");
        } else if (problem.code() == ProblemCode.PRECONDITION_FAILED) {
            model.addAttribute("problem", problem.code().title() + ".");
        } else {
            throw problem;
        }
    }
}
