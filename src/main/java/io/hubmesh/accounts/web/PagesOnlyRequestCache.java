package io.hubmesh.accounts.web;

import io.hubmesh.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Remembers the page a person wanted before signing in; never a script's request. */
class PagesOnlyRequestCache extends HttpSessionRequestCache {

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        if (request.getMethod().equals("GET") && !Problems.wantsProblem(request)) {
            super.saveRequest(request, response);
        }
    }
}
