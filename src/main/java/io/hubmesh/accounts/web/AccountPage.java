package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Subject;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** One's own account: access tokens and password. */
@Controller
class AccountPage {

    @GetMapping("/account")
    String account(Subject subject, Model model) {
        model.addAttribute("name", subject.name());
        model.addAttribute("administrator", subject.isAdministrator());
        return "account";
    }
}
