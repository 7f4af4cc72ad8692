package io.hubmesh.accounts;

import io.hubmesh.accounts.events.AccountCreated;
import io.hubmesh.accounts.events.AccountDisabled;
import io.hubmesh.accounts.events.AccountEnabled;
import io.hubmesh.accounts.events.DisplayNameChanged;
import io.hubmesh.accounts.events.RoleChanged;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everybody who can sign in. */
@Service
@Transactional
public class Accounts {

    /** No password is longer; whatever is longer need not be looked at. In characters. */
    public static final int LONGEST_PASSWORD = Passwords.LONGEST;

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?");
    private static final int LONGEST_DISPLAY_NAME = 128;

    private final AccountRows rows;
    private final Passwords passwords;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Accounts(AccountRows rows, Passwords passwords, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.passwords = passwords;
        this.events = events;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Optional<Account> find(AccountId id) {
        return rows.findById(id.value()).map(AccountRow::toAccount);
    }

    /** Those of them that exist. */
    @Transactional(readOnly = true)
    public Map<AccountId, Account> find(Collection<AccountId> ids) {
        return rows.findAllById(ids.stream().map(AccountId::value).toList()).stream()
                .map(AccountRow::toAccount)
                .collect(Collectors.toMap(Account::id, account -> account));
    }

    /** Whatever the case it is written in. */
    @Transactional(readOnly = true)
    public Optional<Account> findByName(String name) {
        return rows.findByName(canonical(name)).map(AccountRow::toAccount);
    }

    /** Enabled ones whose name or display name begins so, whatever the case, in the order of their names; so many at most. */
    @Transactional(readOnly = true)
    public List<Account> beginningWith(String beginning, int most) {
        return rows.findLike(Patterns.beginningWith(beginning), Limit.of(most)).stream()
                .map(AccountRow::toAccount)
                .toList();
    }

    /** In the order of their names. */
    @Transactional(readOnly = true)
    public List<Account> all() {
        return rows.findAllByOrderByName().stream().map(AccountRow::toAccount).toList();
    }

    /**
     * As {@link #all}, but at most so many, whose names come after one.
     *
     * @param part what the name or the display name contains, whatever the case; empty for everybody
     */
    @Transactional(readOnly = true)
    public List<Account> after(String name, int most, String part) {
        return rows.findLikeAfter(Patterns.containing(part), name, Limit.of(most)).stream()
                .map(AccountRow::toAccount)
                .toList();
    }

    /**
     * Creates an account.
     *
     * @throws ProblemException invalid-name, invalid-value, invalid-password or name-taken
     */
    public CreatedAccount create(NewAccount wanted) {
        requireFit(wanted);
        String generated = wanted.password() == null ? passwords.generate() : null;
        String hash = passwords.hash(generated != null ? generated : String.valueOf(wanted.password()));
        return new CreatedAccount(insert(wanted, hash), generated);
    }

    /** As {@link #create}, with a password that is hashed already. */
    Account insert(NewAccount wanted, String passwordHash) {
        requireFit(wanted);
        String name = canonical(wanted.name());
        AccountRow row = new AccountRow(
                name, displayNameOf(wanted.displayName(), name), passwordHash, wanted.role(), clock.instant());
        if (wanted.mustChangePassword()) {
            row.mustChangePassword();
        }
        try {
            Account account = rows.saveAndFlush(row).toAccount();
            events.publishEvent(new AccountCreated(account.id(), name, account.role()));
            return account;
        } catch (DataIntegrityViolationException takenMeanwhile) {
            throw nameTaken(name);
        }
    }

    /** Whether {@link #create} would be let through as things are, but for the password. */
    void requireFit(NewAccount wanted) {
        String name = canonical(wanted.name());
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID_NAME,
                    "An account's name has 1 to 64 letters a to z, digits, dots, hyphens, underscores or @, and begins and ends with a letter or a digit.");
        }
        displayNameOf(wanted.displayName(), name);
        if (rows.findByName(name).isPresent()) {
            throw nameTaken(name);
        }
    }

    /**
     * Lets an account in or keeps it out. Keeping it out ends its sessions and tokens with the next request.
     *
     * @throws ProblemException not-found, or last-administrator when nobody would be left to administer
     */
    public Account setEnabled(AccountId id, boolean enabled) {
        AccountRow row = row(id);
        if (!enabled) {
            requireAnotherAdministrator(row);
        }
        row.setEnabled(enabled);
        events.publishEvent(new Known.Outdated());
        if (!enabled) {
            events.publishEvent(new Sessions.Over(id, null));
        }
        events.publishEvent(enabled ? new AccountEnabled(id) : new AccountDisabled(id));
        return row.toAccount();
    }

    /**
     * Gives another role. Sessions that began under the old one end.
     *
     * @throws ProblemException not-found, or last-administrator when nobody would be left to administer
     */
    public Account setRole(AccountId id, Role role) {
        AccountRow row = row(id);
        if (row.role() != role) {
            requireAnotherAdministrator(row);
            row.setRole(role);
            events.publishEvent(new Known.Outdated());
            events.publishEvent(new Sessions.Over(id, null));
            events.publishEvent(new RoleChanged(id, role));
        }
        return row.toAccount();
    }

    /** Changes what others see; empty for the name. @throws ProblemException not-found, invalid-value */
    public Account setDisplayName(AccountId id, String displayName) {
        AccountRow row = row(id);
        Account before = row.toAccount();
        row.setDisplayName(displayNameOf(displayName, before.name()));
        Account after = row.toAccount();
        if (!after.displayName().equals(before.displayName())) {
            events.publishEvent(new Known.Outdated());
            events.publishEvent(new DisplayNameChanged(id, before.displayName(), after.displayName()));
        }
        return after;
    }

    /** Changes what is not null, all or nothing. @throws ProblemException as the three above */
    public Account change(AccountId id, @Nullable Boolean enabled, @Nullable Role role, @Nullable String displayName) {
        if (displayName != null) {
            setDisplayName(id, displayName);
        }
        if (role != null) {
            setRole(id, role);
        }
        if (enabled != null) {
            setEnabled(id, enabled);
        }
        return row(id).toAccount();
    }

    /** Whether somebody who signed in earlier may go on: the account is enabled and has the same role and password. */
    @Transactional(readOnly = true)
    public boolean stillWelcome(SignedIn signedIn) {
        return rows.findById(signedIn.subject().accountId().value())
                .map(AccountRow::toSignedIn)
                .filter(signedIn::matches)
                .isPresent();
    }

    @Transactional(readOnly = true)
    boolean none() {
        return rows.count() == 0;
    }

    private AccountRow row(AccountId id) {
        return rows.findById(id.value()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    private void requireAnotherAdministrator(AccountRow row) {
        if (row.isEnabledAdministrator()
                && rows.findByRoleAndEnabledTrue(Role.ADMINISTRATOR).size() == 1) {
            throw new ProblemException(ProblemCode.LAST_ADMINISTRATOR);
        }
    }

    private static String displayNameOf(String wanted, String name) {
        String displayName = wanted.isBlank() ? name : wanted.strip();
        if (displayName.length() > LONGEST_DISPLAY_NAME || displayName.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "A display name has at most 128 characters and no control characters.");
        }
        return displayName;
    }

    static String canonical(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static ProblemException nameTaken(String name) {
        return new ProblemException(ProblemCode.NAME_TAKEN, "There is already an account named " + name + ".");
    }
}
