package io.hubmesh.measurement.web;

import io.hubmesh.web.SecurityHeaders;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Both models on the same resources; the figures arrive as events. */
@Controller
@EnableConfigurationProperties(DashboardSettings.class)
class DashboardPage {

    static final String EMBED = "embed";

    private final DashboardSettings settings;

    DashboardPage(DashboardSettings settings) {
        this.settings = settings;
    }

    /** @param view {@value #EMBED} leaves the navigation out: for a screen on the wall, and for the pages that the operator names */
    @GetMapping("/dashboard")
    String dashboard(@RequestParam(defaultValue = "") String view, HttpServletResponse response, Model model) {
        if (view.equals(EMBED)) {
            model.addAttribute("embedded", true);
            SecurityHeaders.framedBy(settings.framedBy(), response);
        }
        return "dashboard";
    }
}
