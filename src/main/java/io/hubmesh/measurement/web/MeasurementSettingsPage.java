package io.hubmesh.measurement.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.measurement.MeasurementSettings;
import io.hubmesh.measurement.MeasurementSettings.Price;
import io.hubmesh.measurement.MeasurementSettingsBook;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's settings of measuring. Works without JavaScript: a plain form, answered by a redirect. */
@Controller
@RequestMapping("/administration/measurement")
class MeasurementSettingsPage {

    private static final int UNPROCESSABLE = 422;

    private final MeasurementSettingsBook book;

    MeasurementSettingsPage(MeasurementSettingsBook book) {
        this.book = book;
    }

    /** What the form holds; no price is no word about money, no days are for ever. */
    record Form(
            long version,
            @Nullable BigDecimal perGb,
            @Nullable String currency,
            @Nullable Integer keepMinutesForHours,
            @Nullable Integer keepHoursForDays,
            @Nullable Integer keepDaysForDays) {

        static Form of(MeasurementSettings settings) {
            Price price = settings.price();
            return new Form(
                    settings.version(),
                    price == null ? null : price.perGb(),
                    price == null ? null : price.currency(),
                    settings.keepMinutesForHours(),
                    settings.keepHoursForDays(),
                    settings.keepDaysForDays());
        }

        MeasurementSettings wish() {
            String letters = currency == null ? "" : currency.strip().toUpperCase(Locale.ROOT);
            return new MeasurementSettings(
                    version,
                    perGb == null ? null : new Price(perGb, letters),
                    count(keepMinutesForHours),
                    count(keepHoursForDays),
                    keepDaysForDays);
        }

        /** Nothing entered is out of every bound. */
        private static int count(@Nullable Integer entered) {
            return entered == null ? 0 : entered;
        }
    }

    @GetMapping
    String settings(Model model) {
        if (!model.containsAttribute("form")) {
            model.addAttribute("form", Form.of(book.now()));
        }
        return "measurement-settings";
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
                book.change(subject, form.wish());
                next.addFlashAttribute("saved", true);
                return "redirect:/administration/measurement";
            } catch (ProblemException problem) {
                model.addAttribute("problem", problem.detail());
            }
        } else {
            model.addAttribute("problem", "Enter numbers.");
        }
        response.setStatus(UNPROCESSABLE);
        return "measurement-settings";
    }
}
