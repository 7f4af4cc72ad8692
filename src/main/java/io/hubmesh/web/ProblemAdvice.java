package io.hubmesh.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.util.StringUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** Whatever a controller throws becomes one of the closed list of problems. */
@ControllerAdvice
class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler(ProblemException.class)
    @Nullable
    Object known(ProblemException problem, HttpServletRequest request, HttpServletResponse response) {
        return answer(problem, request, response);
    }

    /** Spring Security answers these itself. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void refused(RuntimeException refusal) {
        throw refusal;
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    @Nullable
    Object malformed(HttpMessageNotReadableException cause, HttpServletRequest request, HttpServletResponse response) {
        return answer(UnreadableBody.problem(cause), request, response);
    }

    /** A part of a path that cannot be an id names nothing; a parameter is named to whoever sent it. */
    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    @Nullable
    Object unfit(MethodArgumentTypeMismatchException cause, HttpServletRequest request, HttpServletResponse response) {
        ProblemException problem = cause.getParameter().hasParameterAnnotation(RequestParam.class)
                ? new ProblemException(ProblemCode.MALFORMED_REQUEST, unfit(cause.getName(), cause.getRequiredType()))
                : new ProblemException(ProblemCode.NOT_FOUND, cause);
        return answer(problem, request, response);
    }

    private static String unfit(String name, @Nullable Class<?> type) {
        Object[] values = type == null ? null : type.getEnumConstants();
        return "The parameter \"" + name + "\" cannot be that"
                + (values == null ? "." : "; it is one of " + StringUtils.arrayToDelimitedString(values, ", ") + ".");
    }

    @ExceptionHandler(MissingServletRequestParameterException.class)
    @Nullable
    Object missing(
            MissingServletRequestParameterException cause, HttpServletRequest request, HttpServletResponse response) {
        String detail = "The parameter \"" + cause.getParameterName() + "\" is missing.";
        return answer(new ProblemException(ProblemCode.MALFORMED_REQUEST, detail), request, response);
    }

    /** A form or a query that the container cannot read: not encoded as it should be, or larger than any form is. */
    @ExceptionHandler(InvalidParameterException.class)
    @Nullable
    Object unreadable(InvalidParameterException cause, HttpServletRequest request, HttpServletResponse response) {
        ProblemCode code = codeOf(HttpStatusCode.valueOf(cause.getErrorCode()));
        return answer(new ProblemException(code, cause), request, response);
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    Object other(Exception cause, HttpServletRequest request, HttpServletResponse response) {
        if (cause instanceof AsyncRequestNotUsableException
                || (cause instanceof IOException && response.isCommitted())) {
            return null; // the client has gone; there is nobody to tell
        }
        if (cause instanceof ErrorResponse known) {
            response.setStatus(known.getStatusCode().value());
            known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            return answer(new ProblemException(codeOf(known.getStatusCode()), cause), request, response);
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), cause);
        return answer(new ProblemException(ProblemCode.UNEXPECTED, cause), request, response);
    }

    private static ProblemCode codeOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 406 -> ProblemCode.NOT_ACCEPTABLE;
            case 413 -> ProblemCode.TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            case 400 -> ProblemCode.MALFORMED_REQUEST;
            default -> ProblemCode.UNEXPECTED;
        };
    }

    private @Nullable Object answer(
            ProblemException problem, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null;
        }
        problems.tell(request, problem.code());
        if (Problems.wantsProblem(request)) {
            return ResponseEntity.status(problem.code().status())
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(Problems.detail(problem));
        }
        ModelAndView page = ErrorPage.of(problem.code(), problem.detail());
        page.setStatus(
                org.springframework.http.HttpStatus.valueOf(problem.code().status()));
        return page;
    }
}
