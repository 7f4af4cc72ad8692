package io.hubmesh.accounts.web;

import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Credentials;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Quotas;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Sessions;
import io.hubmesh.accounts.UsedStorage;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What an administrator does about one account. Plain forms, each answered by a redirect to the page of that account. */
@Controller
@RequestMapping("/administration/people/{id}")
class PersonPage {

    private final Accounts accounts;
    private final Groups groups;
    private final Credentials credentials;
    private final Sessions sessions;
    private final Quotas quotas;
    private final UsedStorage used;
    private final AccessTokens tokens;
    private final Clock clock;

    PersonPage(
            Accounts accounts,
            Groups groups,
            Credentials credentials,
            Sessions sessions,
            Quotas quotas,
            UsedStorage used,
            AccessTokens tokens,
            Clock clock) {
        this.accounts = accounts;
        this.groups = groups;
        this.credentials = credentials;
        this.sessions = sessions;
        this.quotas = quotas;
        this.used = used;
        this.tokens = tokens;
        this.clock = clock;
    }

    @GetMapping
    String person(@PathVariable String id, Model model, HttpServletRequest request) {
        Account person = accounts.find(AccountId.of(id)).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        Set<GroupId> in = groups.of(person.id());
        model.addAttribute("person", person);
        model.addAttribute(
                "groups",
                groups.all().stream().filter(group -> in.contains(group.id())).toList());
        model.addAttribute(
                "otherGroups",
                groups.all().stream().filter(group -> !in.contains(group.id())).toList());
        model.addAttribute("usage", UsageResource.of(person.id(), used, quotas));
        model.addAttribute("ownQuota", quotas.own(person.id()).isPresent());
        if (!model.containsAttribute("quota")) {
            model.addAttribute("quota", QuotaForm.of(quotas.of(person.id())));
        }
        model.addAttribute("sessions", sessions.of(person.id()));
        model.addAttribute("thisSession", sessions.idOf(request));
        model.addAttribute("tokens", tokens.of(person.id()));
        model.addAttribute("now", clock.instant());
        return "person";
    }

    @PostMapping("/enabled")
    String setEnabled(@PathVariable String id, @RequestParam boolean enabled, RedirectAttributes next) {
        String said = enabled ? "The account is enabled." : "The account is disabled.";
        return done(id, next, said, () -> accounts.setEnabled(AccountId.of(id), enabled));
    }

    @PostMapping("/profile")
    String change(
            @PathVariable String id,
            @RequestParam String displayName,
            @RequestParam Role role,
            RedirectAttributes next) {
        return done(id, next, "Saved.", () -> accounts.change(AccountId.of(id), null, role, displayName));
    }

    @PostMapping("/password")
    String resetPassword(@PathVariable String id, RedirectAttributes next) {
        return done(
                id, next, null, () -> next.addFlashAttribute("generatedPassword", credentials.reset(AccountId.of(id))));
    }

    @PostMapping("/sessions/end")
    String signOut(@PathVariable String id, RedirectAttributes next) {
        return done(id, next, "They are signed out everywhere.", () -> credentials.signOutEverywhere(AccountId.of(id)));
    }

    @PostMapping("/sessions/{session}/end")
    String end(@PathVariable String id, @PathVariable UUID session, RedirectAttributes next) {
        return done(id, next, "They are signed out there.", () -> sessions.end(AccountId.of(id), session));
    }

    @PostMapping("/tokens/{token}/revoke")
    String revoke(@PathVariable String id, @PathVariable UUID token, RedirectAttributes next) {
        return done(id, next, "The token is revoked.", () -> tokens.revoke(AccountId.of(id), token));
    }

    @PostMapping("/groups")
    String addToGroup(@PathVariable String id, @RequestParam String group, RedirectAttributes next) {
        return done(id, next, null, () -> groups.add(GroupId.of(group), AccountId.of(id)));
    }

    @PostMapping("/groups/{group}/remove")
    String removeFromGroup(@PathVariable String id, @PathVariable String group, RedirectAttributes next) {
        return done(id, next, null, () -> groups.remove(GroupId.of(group), AccountId.of(id)));
    }

    /** @param said what the page says then; null where it shows by itself what was done */
    private static String done(String id, RedirectAttributes next, @Nullable String said, Runnable change) {
        try {
            change.run();
            if (said != null) {
                next.addFlashAttribute("said", said);
            }
        } catch (ProblemException problem) {
            next.addFlashAttribute("problem", problem.detail());
        }
        return "redirect:/administration/people/" + AccountId.of(id);
    }
}
