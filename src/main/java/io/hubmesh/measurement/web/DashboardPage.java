package io.hubmesh.measurement.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Both models on the same resources; the figures arrive as events. */
@Controller
class DashboardPage {

    @GetMapping("/dashboard")
    String dashboard() {
        return "dashboard";
    }
}
