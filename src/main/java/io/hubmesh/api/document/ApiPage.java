package io.hubmesh.api.document;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.json.JsonMapper;

/** The document of the API as a person reads it. */
@Controller
class ApiPage {

    private static final String DOCUMENT = "/api/v1/openapi.json";

    private final OpenApiWebMvcResource document;
    private final JsonMapper json;

    ApiPage(OpenApiWebMvcResource document, JsonMapper json) {
        this.document = document;
        this.json = json;
    }

    @GetMapping("/api")
    String api(HttpServletRequest request, Model model) throws IOException {
        byte[] whole = document.openapiJson(request, DOCUMENT, Locale.ENGLISH);
        model.addAttribute("rooms", new Reading(json.readTree(whole)).rooms());
        model.addAttribute("document", DOCUMENT);
        return "api";
    }
}
