package io.hubmesh.audit.facts;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Puts in the names that accounts and resources have now, where a fact told ids alone. */
@Component
class Names {

    private final Accounts accounts;
    private final Groups groups;
    private final Library library;

    Names(Accounts accounts, Groups groups, Library library) {
        this.accounts = accounts;
        this.groups = groups;
        this.library = library;
    }

    Entry complete(Entry entry) {
        Entry named = entry;
        AccountId account = entry.actor().account();
        if (account != null && entry.actor().name() == null) {
            named = named.by(new Actor(account, account(account).orElse(null)));
        }
        Thing thing = entry.thing();
        if (thing != null && thing.name() == null && thing.id() != null) {
            named = named.to(new Thing(thing.kind(), thing.id(), find(thing).orElse(null)));
        }
        return named;
    }

    Optional<String> account(AccountId id) {
        return accounts.find(id).map(Account::name);
    }

    Optional<String> group(GroupId id) {
        return groups.find(id).map(Group::name);
    }

    private Optional<String> find(Thing thing) {
        String id = String.valueOf(thing.id());
        return switch (thing.kind()) {
            case ACCOUNT -> account(AccountId.of(id));
            case RESOURCE -> library.nameOf(ResourceId.of(id));
            default -> Optional.empty();
        };
    }
}
