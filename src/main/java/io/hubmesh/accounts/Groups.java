package io.hubmesh.accounts;

import io.hubmesh.accounts.events.GroupChanged;
import io.hubmesh.accounts.events.GroupChanged.Change;
import io.hubmesh.accounts.events.GroupMembersChanged;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Groups of accounts, and who is in them. */
@Service
public class Groups {

    /** A page lists them all. */
    static final int MOST = 2_000;

    private static final int LONGEST_NAME = 64;

    private final GroupRows rows;
    private final GroupMemberRows members;
    private final AccountRows accounts;
    private final Memberships memberships;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Groups(
            GroupRows rows,
            GroupMemberRows members,
            AccountRows accounts,
            Memberships memberships,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.members = members;
        this.accounts = accounts;
        this.memberships = memberships;
        this.events = events;
        this.clock = clock;
    }

    /** The groups that an account is in. Remembered: asking again costs no more than a look into a table in memory. */
    public Set<GroupId> of(AccountId account) {
        return memberships.of(account);
    }

    @Transactional(readOnly = true)
    public Optional<Group> find(GroupId id) {
        return rows.findById(id.value()).map(this::toGroup);
    }

    /** Whatever the case it is written in. */
    @Transactional(readOnly = true)
    public Optional<Group> findByName(String name) {
        return rows.findByNameKey(GroupRow.key(name)).map(this::toGroup);
    }

    /** Those whose name begins so, whatever the case, in the order of their names; so many at most. */
    @Transactional(readOnly = true)
    public List<Group> beginningWith(String beginning, int most) {
        return rows.findLike(Patterns.beginningWith(beginning), Limit.of(most)).stream()
                .map(this::toGroup)
                .toList();
    }

    /** In the order of their names. */
    @Transactional(readOnly = true)
    public List<Group> all() {
        return sized(rows.findAllByOrderByNameKey());
    }

    /** As {@link #all}, but at most so many, whose keys ({@link Group#key}) come after one. */
    @Transactional(readOnly = true)
    public List<Group> after(String key, int most) {
        return sized(rows.findByNameKeyGreaterThanOrderByNameKey(key, Limit.of(most)));
    }

    /** Who is in it, in the order of their names. @throws ProblemException not-found */
    @Transactional(readOnly = true)
    public List<Account> members(GroupId id) {
        if (!rows.existsById(id.value())) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
        return members.accountsIn(id.value()).stream()
                .map(AccountRow::toAccount)
                .toList();
    }

    /** As {@link #members(GroupId)}, but at most so many, whose names come after one. @throws ProblemException not-found */
    @Transactional(readOnly = true)
    public List<Account> members(GroupId id, String after, int most) {
        if (!rows.existsById(id.value())) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
        return members.accountsIn(id.value(), after, Limit.of(most)).stream()
                .map(AccountRow::toAccount)
                .toList();
    }

    /** Makes an empty group. @throws ProblemException invalid-name, name-taken; invalid-value when there are too many */
    @Transactional
    public Group create(String name) {
        String wanted = nameOf(name);
        requireFree(wanted);
        if (rows.count() >= MOST) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "There are " + MOST + " groups. Delete one first.");
        }
        GroupRow row = save(new GroupRow(wanted, clock.instant()));
        tell(row, Change.CREATED, null);
        return row.toGroup(0);
    }

    /** Gives another name. @throws ProblemException not-found, invalid-name, name-taken */
    @Transactional
    public Group rename(GroupId id, String name) {
        String wanted = nameOf(name);
        GroupRow row = lock(id);
        if (!row.nameKey().equals(GroupRow.key(wanted))) {
            requireFree(wanted);
        }
        row.rename(wanted);
        tell(save(row), Change.RENAMED, null);
        return toGroup(row);
    }

    /** Ends a group, and with it what was granted to it. @throws ProblemException not-found */
    @Transactional
    public void delete(GroupId id) {
        GroupRow row = lock(id);
        List<GroupMemberRow> all = members.findByGroupId(id.value());
        members.deleteAllInBatch(all);
        rows.delete(row);
        tell(row, Change.DELETED, null);
        tell(id, all.stream().map(GroupMemberRow::account).collect(Collectors.toSet()));
    }

    /** Puts an account in; nothing happens when it is in already. @throws ProblemException not-found */
    @Transactional
    public void add(GroupId id, AccountId account) {
        GroupRow row = lock(id);
        GroupMemberRow.Key key = new GroupMemberRow.Key(id.value(), account.value());
        if (!accounts.existsById(account.value())) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such account.");
        }
        if (!members.existsById(key)) {
            members.save(new GroupMemberRow(id, account));
            tell(row, Change.ACCOUNT_ADDED, account);
            tell(id, Set.of(account));
        }
    }

    /** Takes an account out. @throws ProblemException not-found, also when it is not in */
    @Transactional
    public void remove(GroupId id, AccountId account) {
        GroupRow row = lock(id);
        members.delete(members.findById(new GroupMemberRow.Key(id.value(), account.value()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "That account is not in this group.")));
        tell(row, Change.ACCOUNT_REMOVED, account);
        tell(id, Set.of(account));
    }

    private void tell(GroupRow row, Change change, @Nullable AccountId account) {
        Group group = row.toGroup(0);
        events.publishEvent(new GroupChanged(group.id(), group.name(), change, account));
    }

    private void tell(GroupId id, Set<AccountId> concerned) {
        events.publishEvent(new GroupMembersChanged(id, concerned));
    }

    private GroupRow lock(GroupId id) {
        return rows.lock(id.value()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    private Group toGroup(GroupRow row) {
        return row.toGroup(members.countByGroupId(row.id().value()));
    }

    private GroupRow save(GroupRow row) {
        try {
            return rows.saveAndFlush(row);
        } catch (DataIntegrityViolationException takenMeanwhile) {
            throw new ProblemException(ProblemCode.NAME_TAKEN, takenMeanwhile);
        }
    }

    private List<Group> sized(List<GroupRow> found) {
        Map<UUID, Long> sizes = members.sizes().stream()
                .collect(Collectors.toMap(GroupMemberRows.Size::getGroupId, GroupMemberRows.Size::getMembers));
        return found.stream()
                .map(row -> row.toGroup(sizes.getOrDefault(row.id().value(), 0L)))
                .toList();
    }

    private void requireFree(String name) {
        if (rows.findByNameKey(GroupRow.key(name)).isPresent()) {
            throw new ProblemException(ProblemCode.NAME_TAKEN, "There is already a group named " + name + ".");
        }
    }

    static String nameOf(String name) {
        String wanted = name.strip();
        if (wanted.isEmpty()
                || GroupRow.key(wanted).length() > LONGEST_NAME
                || wanted.length() > LONGEST_NAME
                || wanted.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(
                    ProblemCode.INVALID_NAME, "A group's name has 1 to 64 characters and no control characters.");
        }
        return wanted;
    }
}
