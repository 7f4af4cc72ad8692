package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Slow and obviously right: what is granted to whom, looked through from the beginning each time. */
class DecisionModel {

    /** @param grantee an {@link AccountId} or a {@link GroupId} */
    private record Granted(ResourceId resource, Object grantee) {}

    private record Member(GroupId group, AccountId account) {}

    private final Map<ResourceId, ResourceId> parents = new LinkedHashMap<>();
    private final Map<Granted, Level> grants = new LinkedHashMap<>();
    private final Set<Member> members = new HashSet<>();
    private final Set<AccountId> disabled = new HashSet<>();
    private final List<ResourceId> gone = new ArrayList<>();

    private final ResourceId top;

    /** @param top the folder that everything is in; it is never moved or deleted */
    DecisionModel(ResourceId top) {
        this.top = top;
    }

    ResourceId top() {
        return top;
    }

    List<ResourceId> resources() {
        List<ResourceId> all = new ArrayList<>(parents.keySet());
        all.add(top);
        return all;
    }

    List<ResourceId> gone() {
        return List.copyOf(gone);
    }

    /** One of those that there are; which one, the number says. */
    ResourceId any(int number) {
        List<ResourceId> all = resources();
        return all.get(number % all.size());
    }

    void add(ResourceId resource, ResourceId parent) {
        parents.put(resource, parent);
    }

    void move(ResourceId resource, ResourceId parent) {
        parents.put(resource, parent);
    }

    void delete(ResourceId resource) {
        List<ResourceId> doomed =
                resources().stream().filter(each -> isBelow(each, resource)).toList();
        doomed.forEach(each -> {
            parents.remove(each);
            gone.add(each);
            grants.keySet().removeIf(granted -> granted.resource().equals(each));
        });
    }

    /** Whether it is the other one or stands somewhere below it. */
    boolean isBelow(ResourceId resource, ResourceId above) {
        for (ResourceId step = resource; step != null; step = parents.get(step)) {
            if (step.equals(above)) {
                return true;
            }
        }
        return false;
    }

    void grant(ResourceId resource, Object grantee, Level level) {
        grants.put(new Granted(resource, grantee), level);
    }

    boolean withdraw(ResourceId resource, Object grantee) {
        return grants.remove(new Granted(resource, grantee)) != null;
    }

    void join(GroupId group, AccountId account) {
        members.add(new Member(group, account));
    }

    boolean leave(GroupId group, AccountId account) {
        return members.remove(new Member(group, account));
    }

    void end(GroupId group) {
        members.removeIf(member -> member.group().equals(group));
        grants.keySet().removeIf(granted -> granted.grantee().equals(group));
    }

    void enable(AccountId account, boolean enabled) {
        if (enabled) {
            disabled.remove(account);
        } else {
            disabled.add(account);
        }
    }

    @Nullable
    Level level(Subject person, ResourceId resource) {
        if (disabled.contains(person.accountId())) {
            return null;
        }
        if (person.isAdministrator()) {
            return Level.MANAGE;
        }
        return grants.entrySet().stream()
                .filter(grant -> names(grant.getKey().grantee(), person.accountId()))
                .filter(grant -> isBelow(resource, grant.getKey().resource()))
                .map(Map.Entry::getValue)
                .max(Level::compareTo)
                .orElse(null);
    }

    private boolean names(Object grantee, AccountId account) {
        return Objects.equals(grantee, account)
                || (grantee instanceof GroupId group && members.contains(new Member(group, account)));
    }
}
