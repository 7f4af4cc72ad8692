package io.hubmesh.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What is shown when a request failed before or outside of a controller. */
@Controller
class ErrorPage implements ErrorController {

    /** Request attribute that holds the {@link ProblemCode} when it is known. */
    static final String CODE = ErrorPage.class.getName() + ".code";

    @RequestMapping("/error")
    Object error(HttpServletRequest request) {
        ProblemCode code = codeOf(request);
        if (Problems.wantsProblem(request)) {
            return ResponseEntity.status(code.status())
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(Problems.detail(new ProblemException(code)));
        }
        ModelAndView page = of(code, code.title() + ".");
        page.setStatus(HttpStatus.valueOf(code.status()));
        return page;
    }

    /** @param detail left out where it says no more than the title: the page has better words then */
    static ModelAndView of(ProblemCode code, String detail) {
        ModelAndView page = new ModelAndView("error");
        page.addObject("status", code.status());
        page.addObject("title", code.title());
        page.addObject("detail", detail.equals(code.title() + ".") ? null : detail);
        page.addObject("code", code.code());
        return page;
    }

    private static ProblemCode codeOf(HttpServletRequest request) {
        if (request.getAttribute(CODE) instanceof ProblemCode known) {
            return known;
        }
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (status == null) {
            return ProblemCode.NOT_FOUND; // somebody opened /error by hand
        }
        return Arrays.stream(ProblemCode.values())
                .filter(code -> status.equals(code.status()))
                .findFirst()
                .orElse(
                        status instanceof Integer number && number < 500
                                ? ProblemCode.MALFORMED_REQUEST
                                : ProblemCode.UNEXPECTED);
    }
}
