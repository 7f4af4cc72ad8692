package io.hubmesh.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The headers that every answer carries. */
public final class SecurityHeaders {

    /** Nothing inline, nothing from elsewhere. Blob images and data images are what previews and Tabler's icons need. */
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "media-src 'self'",
            "frame-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'");

    private static final String NOBODY = "'none'";

    /** For browsers that do not know {@code frame-ancestors}; an answer that says which pages may frame it says so itself, in both. */
    public static final String FRAME_OPTIONS = "X-Frame-Options";

    private static final String PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

    private SecurityHeaders() {}

    public static void strict(HeadersConfigurer<HttpSecurity> headers) {
        headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
                .addHeaderWriter((request, response) -> {
                    if (!response.containsHeader(FRAME_OPTIONS)) {
                        response.setHeader(FRAME_OPTIONS, "DENY");
                    }
                })
                .contentSecurityPolicy(policy -> policy.policyDirectives(framableBy(NOBODY)))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS_POLICY));
    }

    /** The same policy for one answer, which pages of these origins may frame; {@code frame-ancestors} overrules X-Frame-Options (CSP Level 3). */
    public static void framedBy(List<String> origins, HttpServletResponse response) {
        response.setHeader(
                "Content-Security-Policy", framableBy(origins.isEmpty() ? NOBODY : String.join(" ", origins)));
    }

    private static String framableBy(String ancestors) {
        return CONTENT_SECURITY_POLICY + "; frame-ancestors " + ancestors;
    }
}
