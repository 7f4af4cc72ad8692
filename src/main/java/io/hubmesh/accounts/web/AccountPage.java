package io.hubmesh.accounts.web;

import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Credentials;
import io.hubmesh.accounts.NewToken;
import io.hubmesh.accounts.Quotas;
import io.hubmesh.accounts.Sessions;
import io.hubmesh.accounts.SignedIn;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.TokenScope;
import io.hubmesh.accounts.UsedStorage;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account: tokens, where one is signed in, the password. Plain forms, each answered by a redirect. */
@Controller
@RequestMapping("/account")
class AccountPage {

    private static final String HERE = "redirect:/account";
    private static final int UNPROCESSABLE = 422;

    private final AccessTokens tokens;
    private final Sessions sessions;
    private final Credentials credentials;
    private final PasswordChange passwords;
    private final Quotas quotas;
    private final UsedStorage used;
    private final Clock clock;

    AccountPage(
            AccessTokens tokens,
            Sessions sessions,
            Credentials credentials,
            PasswordChange passwords,
            Quotas quotas,
            UsedStorage used,
            Clock clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.credentials = credentials;
        this.passwords = passwords;
        this.quotas = quotas;
        this.used = used;
        this.clock = clock;
    }

    @GetMapping
    String account(Subject subject, HttpServletRequest request, Model model) {
        model.addAttribute("name", subject.name());
        model.addAttribute("administrator", subject.isAdministrator());
        model.addAttribute("tokens", tokens.of(subject.accountId()));
        model.addAttribute("now", clock.instant());
        model.addAttribute("usage", UsageResource.of(subject.accountId(), used, quotas));
        model.addAttribute("sessions", sessions.of(subject.accountId()));
        model.addAttribute("thisSession", sessions.idOf(request));
        return "account";
    }

    /** @param days after how many days it ends; 0 for never */
    @PostMapping("/tokens")
    String createToken(
            Subject subject,
            Authentication authentication,
            @RequestParam String name,
            @RequestParam TokenScope scope,
            @RequestParam int days,
            RedirectAttributes next) {
        NewToken wanted =
                new NewToken(name, scope, days <= 0 ? null : clock.instant().plus(Duration.ofDays(days)));
        try {
            TokensController.requireWithin(authentication, wanted);
            next.addFlashAttribute("tokenSecret", tokens.create(subject, wanted).secret());
        } catch (ProblemException problem) {
            next.addFlashAttribute("tokenProblem", problem.detail());
            next.addFlashAttribute("tokenName", name);
        }
        return HERE;
    }

    @PostMapping("/tokens/{token}/revoke")
    String revoke(Subject subject, @PathVariable UUID token) {
        tokens.revoke(subject.accountId(), token);
        return HERE;
    }

    @PostMapping("/sessions/{session}/end")
    String end(Subject subject, @PathVariable UUID session) {
        sessions.end(subject.accountId(), session);
        return HERE;
    }

    @PostMapping("/sessions/end")
    String signOutEverywhere(Subject subject) {
        credentials.signOutEverywhere(subject.accountId());
        return "redirect:/sign-in?signed-out";
    }

    @GetMapping("/password")
    String password(Subject subject, Authentication authentication, Model model) {
        model.addAttribute("name", subject.name());
        model.addAttribute(
                "forced", authentication.getPrincipal() instanceof SignedIn signedIn && signedIn.mustChangePassword());
        return "password";
    }

    @PostMapping("/password")
    String changePassword(
            Subject subject,
            Authentication authentication,
            @RequestParam @Nullable String current,
            @RequestParam @Nullable String next,
            Model model,
            RedirectAttributes after,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            passwords.apply(subject, current, next, request, response);
        } catch (ProblemException problem) {
            model.addAttribute("problem", problem.detail());
            response.setStatus(UNPROCESSABLE);
            return password(subject, authentication, model);
        }
        after.addFlashAttribute("passwordChanged", true);
        return HERE;
    }
}
