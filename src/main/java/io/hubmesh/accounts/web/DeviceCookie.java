package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Devices;
import io.hubmesh.kernel.AccountId;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/** The cookie by which a browser that has signed in before is known again; sent to the sign-in and nowhere else. */
class DeviceCookie {

    static final String NAME = "HUBMESH_DEVICE";

    private static final Duration KEPT = Duration.ofDays(180);

    private final Devices devices;

    DeviceCookie(Devices devices) {
        this.devices = devices;
    }

    /** What names the browser, if it has signed in to the account of this name before; else null. */
    @Nullable
    String recognise(HttpServletRequest request, String name) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        return cookie == null
                ? null
                : devices.recognise(name, cookie.getValue()).orElse(null);
    }

    /** Has the browser known again, when it is not yet. */
    void remember(AccountId account, String name, HttpServletRequest request, HttpServletResponse response) {
        if (recognise(request, name) == null) {
            devices.proofFor(account)
                    .ifPresent(proof -> response.addHeader(
                            HttpHeaders.SET_COOKIE,
                            ResponseCookie.from(NAME, proof)
                                    .path(Security.SIGN_IN)
                                    .maxAge(KEPT)
                                    .httpOnly(true)
                                    .secure(request.isSecure())
                                    .sameSite("Strict")
                                    .build()
                                    .toString()));
        }
    }
}
