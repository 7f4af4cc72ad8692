package io.hubmesh.accounts.web;

import java.time.Duration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where somebody says who they are. The form itself is answered by the security chain. */
@Controller
class SignInPage {

    private static final int LONGEST_DIGITS = 5;

    /** @param slow for how many seconds to wait before the next attempt; empty for not at all */
    @GetMapping("/sign-in")
    String signIn(@RequestParam(defaultValue = "") String slow, Model model) {
        if (!slow.isEmpty()) {
            model.addAttribute("wait", inWords(slow));
        }
        return "sign-in";
    }

    @GetMapping("/")
    String home() {
        return "redirect:/library";
    }

    private static String inWords(String seconds) {
        boolean number = seconds.length() <= LONGEST_DIGITS && seconds.chars().allMatch(c -> c >= '0' && c <= '9');
        Duration wait = Duration.ofSeconds(number ? Long.parseLong(seconds) : 0);
        if (wait.toMinutes() > 0) {
            return wait.toMinutes() + 1 + " minutes";
        }
        return wait.isZero() ? "a minute" : wait.toSeconds() == 1 ? "a second" : wait.toSeconds() + " seconds";
    }
}
