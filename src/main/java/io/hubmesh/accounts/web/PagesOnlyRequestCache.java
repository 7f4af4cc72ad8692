package io.hubmesh.accounts.web;

import io.hubmesh.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.savedrequest.CookieRequestCache;

/** Remembers, in a cookie, the page a person wanted before signing in; never what a script or the browser itself asks. */
class PagesOnlyRequestCache extends CookieRequestCache {

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        if (request.getMethod().equals("GET") && !Problems.wantsProblem(request) && wantsPage(request)) {
            super.saveRequest(request, response);
        }
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }
}
