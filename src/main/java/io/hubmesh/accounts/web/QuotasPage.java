package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Quotas;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where an administrator says what people may keep on the hub. Plain forms, each answered by a redirect. */
@Controller
@RequestMapping("/administration")
class QuotasPage {

    private final Quotas quotas;

    QuotasPage(Quotas quotas) {
        this.quotas = quotas;
    }

    @GetMapping("/quotas")
    String quotas(Model model) {
        if (!model.containsAttribute("quota")) {
            model.addAttribute("quota", QuotaForm.of(quotas.forEverybody()));
        }
        return "quotas";
    }

    @PostMapping("/quotas")
    String setForEverybody(QuotaForm form, RedirectAttributes next) {
        try {
            quotas.setForEverybody(form.toQuota());
            next.addFlashAttribute("saved", true);
        } catch (ProblemException problem) {
            refuse(problem, form, next);
        }
        return "redirect:/administration/quotas";
    }

    /** @param own false has the quota for everybody hold again */
    @PostMapping("/people/{id}/quota")
    String set(@PathVariable String id, QuotaForm form, @RequestParam boolean own, RedirectAttributes next) {
        AccountId account = AccountId.of(id);
        try {
            if (own) {
                quotas.set(account, form.toQuota());
            } else {
                quotas.clear(account);
            }
            next.addFlashAttribute("said", "Saved. It holds from the next upload on.");
        } catch (ProblemException problem) {
            refuse(problem, form, next);
        }
        return "redirect:/administration/people/" + account;
    }

    private static void refuse(ProblemException problem, QuotaForm form, RedirectAttributes next) {
        next.addFlashAttribute("problem", problem.detail());
        next.addFlashAttribute("quota", form);
    }
}
