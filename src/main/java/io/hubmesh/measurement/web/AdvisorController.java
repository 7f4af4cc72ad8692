package io.hubmesh.measurement.web;

import io.hubmesh.measurement.advisor.Advice;
import io.hubmesh.measurement.advisor.Advisor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the advisor says of an environment; the query is that of the page. */
@RestController
@RequestMapping("/api/v1/advisor")
class AdvisorController {

    private final Advisor advisor;

    AdvisorController(Advisor advisor) {
        this.advisor = advisor;
    }

    @GetMapping
    Advice advice(@ModelAttribute AdvisorQuestion question) {
        return advisor.advise(question.environment());
    }
}
