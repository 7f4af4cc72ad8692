package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Groups;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's groups, and one of them with its members. Plain forms, each answered by a redirect. */
@Controller
@RequestMapping("/administration/groups")
class GroupsPage {

    private static final String ALL = "redirect:/administration/groups";

    private final Groups groups;
    private final Accounts accounts;

    GroupsPage(Groups groups, Accounts accounts) {
        this.groups = groups;
        this.accounts = accounts;
    }

    @GetMapping
    String groups(Model model) {
        model.addAttribute("groups", groups.all());
        return "groups";
    }

    @PostMapping
    String create(@RequestParam String name, RedirectAttributes next) {
        return done(next, name, ALL, () -> one(groups.create(name).id()));
    }

    @GetMapping("/{id}")
    String group(@PathVariable String id, Model model) {
        GroupId group = GroupId.of(id);
        model.addAttribute("group", groups.find(group).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND)));
        model.addAttribute("members", groups.members(group));
        return "group";
    }

    @PostMapping("/{id}/name")
    String rename(@PathVariable String id, @RequestParam String name, RedirectAttributes next) {
        GroupId group = GroupId.of(id);
        return done(next, name, one(group), () -> one(groups.rename(group, name).id()));
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable String id) {
        groups.delete(GroupId.of(id));
        return ALL;
    }

    /** @param account the name of an account */
    @PostMapping("/{id}/members")
    String add(@PathVariable String id, @RequestParam String account, RedirectAttributes next) {
        GroupId group = GroupId.of(id);
        return done(next, account, one(group), () -> {
            Account member = accounts.findByName(account)
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.NOT_FOUND, "There is no account named " + account.strip() + "."));
            groups.add(group, member.id());
            return one(group);
        });
    }

    @PostMapping("/{id}/members/{account}/remove")
    String remove(@PathVariable String id, @PathVariable String account, RedirectAttributes next) {
        GroupId group = GroupId.of(id);
        return done(next, "", one(group), () -> {
            groups.remove(group, AccountId.of(account));
            return one(group);
        });
    }

    private static String one(GroupId group) {
        return ALL + "/" + group;
    }

    /** Where the change leads; back, with what was typed and what is wrong with it, when it is refused. */
    private static String done(RedirectAttributes next, String typed, String back, Supplier<String> change) {
        try {
            return change.get();
        } catch (ProblemException problem) {
            next.addFlashAttribute("problem", problem.detail());
            next.addFlashAttribute("typed", typed);
            return back;
        }
    }
}
