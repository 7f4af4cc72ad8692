package io.hubmesh.measurement.web;

import io.hubmesh.kernel.Bytes;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.measurement.advisor.Advice;
import io.hubmesh.measurement.advisor.Advisor;
import io.hubmesh.measurement.advisor.Environment;
import io.hubmesh.measurement.advisor.Sensitivity;
import io.hubmesh.measurement.advisor.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Asks for an environment and shows both models predicted. A form that asks by its address, so that an answer can be kept and sent. */
@Controller
class AdvisorPage {

    private static final int UNPROCESSABLE = 422;

    /** The parts of a question as the form calls them. */
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("receivers", "Receivers"),
            Map.entry("sizeMib", "Size of the file, in MiB"),
            Map.entry("hubUploadMbits", "The hub’s uplink, in Mbit/s"),
            Map.entry("downloadMbits", "Each receiver’s download, in Mbit/s"),
            Map.entry("uploadMbits", "Each receiver’s upload, in Mbit/s"),
            Map.entry("spreadMinutes", "Requests spread over, in minutes"),
            Map.entry("stayingPercent", "Receivers that stay, in %"),
            Map.entry("directPercent", "Reached directly, in %"),
            Map.entry("relayedPercent", "Reached through a relay, in %"),
            Map.entry("pricePerGb", "Price of a GB sent"),
            Map.entry("sensitivity", "Who may have it"));

    private final Advisor advisor;
    private final JsonMapper json;

    AdvisorPage(Advisor advisor, JsonMapper json) {
        this.advisor = advisor;
        this.json = json;
    }

    @GetMapping("/advisor")
    String advisor(@ModelAttribute("question") AdvisorQuestion question, Model model, HttpServletResponse response) {
        AdvisorQuestion complete = question.complete();
        model.addAttribute("asked", complete);
        model.addAttribute("sensitivities", Sensitivity.values());
        model.addAttribute("words", new Said());
        model.addAttribute("labels", LABELS);
        try {
            Environment environment = complete.environment();
            Advice advice = advisor.advise(environment);
            model.addAttribute("advice", advice);
            model.addAttribute("curve", json.writeValueAsString(advice.curve()));
            model.addAttribute("simulator", simulator(complete));
            if (!SimulatorPage.runs(environment.receivers())) {
                model.addAttribute("simulated", SimulatorPage.PEERS);
            }
        } catch (ProblemException invalid) {
            if (invalid.code() != ProblemCode.INVALID_VALUE) {
                throw invalid;
            }
            response.setStatus(UNPROCESSABLE);
            model.addAttribute("problem", inWords(invalid.detail()));
        }
        return "advisor";
    }

    /** The same with what the form calls its fields in the place of what the query calls them. */
    private static String inWords(String detail) {
        String words = detail;
        for (Map.Entry<String, String> label : LABELS.entrySet()) {
            words = words.replace(label.getKey(), "“" + label.getValue() + "”");
        }
        return words;
    }

    /** The simulator with the same numbers. */
    private static String simulator(AdvisorQuestion of) {
        return UriComponentsBuilder.fromPath("/simulator")
                .queryParam("receivers", of.receivers())
                .queryParam("sizeMib", of.sizeMib())
                .queryParam("hubUploadMbits", of.hubUploadMbits())
                .queryParam("downloadMbits", of.downloadMbits())
                .queryParam("uploadMbits", of.uploadMbits())
                .queryParam("stayingPercent", of.stayingPercent())
                .encode()
                .toUriString();
    }

    /** Figures in words, for the template. */
    static final class Said {

        /** A length of time in seconds. */
        public String duration(double seconds) {
            return Words.duration(seconds);
        }

        /** A size. */
        public String bytes(double count) {
            return Bytes.inWords(count);
        }

        /** Money. */
        public String money(double amount) {
            return Words.money(amount);
        }

        /** A part, 0 to 1. */
        public String share(double share) {
            return Words.share(share);
        }

        /** A number of things. */
        public String count(long number) {
            return Words.count(number);
        }

        /** As the query writes it. */
        public String sensitivity(Sensitivity sensitivity) {
            return AdvisorQuestion.word(sensitivity);
        }
    }
}
