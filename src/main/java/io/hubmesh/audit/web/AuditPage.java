package io.hubmesh.audit.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.audit.Action;
import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Outcome;
import io.hubmesh.audit.chain.Chain;
import io.hubmesh.audit.chain.Custody;
import io.hubmesh.audit.chain.Retention;
import io.hubmesh.audit.chain.RetentionBook;
import io.hubmesh.audit.chain.Trail;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The audit as a person reads it. Works without JavaScript: the filters are a form that asks, the rest plain forms and links. */
@Controller
@RequestMapping("/administration/audit")
class AuditPage {

    private static final String PATH = "/administration/audit";
    private static final String EXPORT = "/api/v1/audit/export";
    private static final String HERE = "redirect:" + PATH;
    private static final int UNPROCESSABLE = 422;

    /** Lines of one page. */
    private static final int LINES = 50;

    private final Trail trail;
    private final Chain chain;
    private final Custody custody;
    private final RetentionBook retention;
    private final Sentences sentences;

    AuditPage(Trail trail, Chain chain, Custody custody, RetentionBook retention, Sentences sentences) {
        this.trail = trail;
        this.chain = chain;
        this.custody = custody;
        this.retention = retention;
        this.sentences = sentences;
    }

    /** A line of the list. */
    record Line(AuditRecord record, String sentence) {}

    @GetMapping
    String records(@ModelAttribute("question") Question question, Model model, HttpServletResponse response) {
        List<AuditRecord> records = ask(question, model, response);
        List<AuditRecord> shown = records.subList(0, Math.min(LINES, records.size()));
        model.addAttribute(
                "lines",
                shown.stream()
                        .map(record -> new Line(record, sentences.of(record)))
                        .toList());
        model.addAttribute(
                "older",
                records.size() > LINES
                        ? question.path(PATH, shown.get(LINES - 1).sequence())
                        : null);
        model.addAttribute("newest", question.before() == null ? null : question.path(PATH, null));
        model.addAttribute("csv", export(question, Export.CSV));
        model.addAttribute("jsonl", export(question, Export.JSONL));
        model.addAttribute("actions", Action.values());
        model.addAttribute("outcomes", Outcome.values());
        model.addAttribute("head", chain.head());
        model.addAttribute("retention", retention.now());
        return "audit";
    }

    @PostMapping("/verification")
    String verify(RedirectAttributes next) {
        next.addFlashAttribute("verdict", custody.verify());
        return HERE;
    }

    @PostMapping("/settings")
    String keep(
            Subject subject,
            @RequestParam long version,
            @RequestParam(required = false) @Nullable Integer keepDays,
            HttpServletRequest request,
            RedirectAttributes next) {
        try {
            retention.change(subject, request.getRemoteAddr(), new Retention(version, keepDays));
            next.addFlashAttribute("saved", true);
        } catch (ProblemException problem) {
            next.addFlashAttribute("problem", problem.detail());
        }
        return HERE;
    }

    private List<AuditRecord> ask(Question question, Model model, HttpServletResponse response) {
        try {
            return trail.page(question.filter(), question.beforeSequence(), LINES + 1);
        } catch (ProblemException invalid) {
            if (invalid.code() != ProblemCode.INVALID_VALUE) {
                throw invalid;
            }
            response.setStatus(UNPROCESSABLE);
            model.addAttribute("problem", invalid.detail());
            return List.of();
        }
    }

    private static String export(Question question, Export format) {
        String path = question.path(EXPORT, null);
        return path + (path.contains("?") ? '&' : '?') + "format=" + format.name();
    }
}
