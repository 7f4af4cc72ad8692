package io.hubmesh.api.repeats;

import io.hubmesh.accounts.SignedIn;
import io.hubmesh.api.repeats.KeptAnswers.Kept;
import io.hubmesh.api.repeats.KeptAnswers.Key;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.web.CreatesOnce;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;

/**
 * Does a request with an {@code Idempotency-Key} once (draft-ietf-httpapi-idempotency-key-header-07): who sends it again is given the same
 * answer. Only success is kept: after a refusal nothing was created, and the same key may be tried again.
 */
class Repeats implements HandlerInterceptor {

    /** Not of the draft: tells that nothing was done. */
    static final String REPLAYED = "Idempotency-Replayed";

    /** A string as in RFC 9651, whose quotes many clients leave out. */
    private static final Pattern KEY = Pattern.compile("(\"?)([\\x21\\x23-\\x5b\\x5d-\\x7e]{1,128})\\1");

    /** What a body may have after its reader has stopped: white space, as a rule. In bytes. */
    private static final long REST = 1024;

    private static final String BEGUN = Repeats.class.getName() + ".begun";

    private final KeptAnswers answers;

    /** The hub is one process, so that this is all of them; one that dies leaves none behind. */
    private final Set<Key> underWay = ConcurrentHashMap.newKeySet();

    Repeats(KeptAnswers answers) {
        this.answers = answers;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        HashedRequest hashed = WebUtils.getNativeRequest(request, HashedRequest.class);
        if (hashed == null || !(handler instanceof HandlerMethod method)) {
            return true;
        }
        if (!method.hasMethodAnnotation(CreatesOnce.class)) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE,
                    "Answers are not kept here, because they may hold a secret or nothing is created. Leave out "
                            + CreatesOnce.HEADER + ".");
        }
        Key key = keyOf(request);
        if (!underWay.add(key)) {
            throw new ProblemException(ProblemCode.IDEMPOTENCY_KEY_IN_USE);
        }
        boolean goesOn = false;
        try {
            Optional<Kept> kept = answers.find(key);
            if (kept.isPresent()) {
                answerAgain(kept.get(), hashed, response);
            } else {
                request.setAttribute(BEGUN, key);
                goesOn = true;
            }
        } finally {
            if (!goesOn) {
                underWay.remove(key);
            }
        }
        return goesOn;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure)
            throws IOException {
        HashedRequest hashed = WebUtils.getNativeRequest(request, HashedRequest.class);
        if (hashed == null || !(request.getAttribute(BEGUN) instanceof Key key)) {
            return;
        }
        request.removeAttribute(BEGUN);
        try {
            if (failure == null && HttpStatusCode.valueOf(response.getStatus()).is2xxSuccessful()) {
                keep(key, hashed, response);
            }
        } finally {
            underWay.remove(key);
        }
    }

    private void keep(Key key, HashedRequest request, HttpServletResponse response) throws IOException {
        ContentCachingResponseWrapper answer =
                WebUtils.getNativeResponse(response, ContentCachingResponseWrapper.class);
        if (answer == null
                || answer.getContentSize() > KeptAnswers.LONGEST_BODY
                || !request.readOn(request.bytes() + REST)) {
            return;
        }
        answers.keep(
                key,
                new Kept(
                        request.fingerprint(),
                        request.bytes(),
                        answer.getStatus(),
                        answer.getContentType(),
                        answer.getHeader(HttpHeaders.LOCATION),
                        new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8)));
    }

    private static void answerAgain(Kept kept, HashedRequest request, HttpServletResponse response) throws IOException {
        long announced = request.getContentLengthLong();
        if ((announced >= 0 && announced != kept.bytes())
                || !request.readOn(kept.bytes())
                || !request.fingerprint().equals(kept.hash())) {
            throw new ProblemException(ProblemCode.IDEMPOTENCY_KEY_REUSED);
        }
        response.setStatus(kept.status());
        response.setHeader(REPLAYED, "true");
        if (kept.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, kept.location());
        }
        if (kept.mediaType() != null) {
            response.setContentType(kept.mediaType());
        }
        response.getOutputStream().write(kept.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Key keyOf(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof SignedIn signedIn)) {
            throw new ProblemException(ProblemCode.SIGN_IN_REQUIRED);
        }
        Matcher key = KEY.matcher(request.getHeader(CreatesOnce.HEADER).strip());
        if (!key.matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE,
                    CreatesOnce.HEADER + " is 1 to 128 visible characters of ASCII, best a new UUID.");
        }
        return new Key(signedIn.subject().accountId(), key.group(2));
    }
}
