package io.hubmesh.accounts;

import io.hubmesh.accounts.events.AccountCreated;
import io.hubmesh.accounts.events.AccountDisabled;
import io.hubmesh.accounts.events.AccountEnabled;
import io.hubmesh.accounts.events.PasswordChanged;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
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

    /** Whatever the case it is written in. */
    @Transactional(readOnly = true)
    public Optional<Account> findByName(String name) {
        return rows.findByName(canonical(name)).map(AccountRow::toAccount);
    }

    /** In the order of their names. */
    @Transactional(readOnly = true)
    public List<Account> all() {
        return rows.findAllByOrderByName().stream().map(AccountRow::toAccount).toList();
    }

    /**
     * Creates an account.
     *
     * @throws ProblemException invalid-name, invalid-value, invalid-password or name-taken
     */
    public CreatedAccount create(NewAccount wanted) {
        String name = canonical(wanted.name());
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID_NAME,
                    "An account's name has 1 to 64 letters a to z, digits, dots, hyphens, underscores or @, and begins and ends with a letter or a digit.");
        }
        String displayName = wanted.displayName().strip();
        if (displayName.isEmpty()) {
            displayName = name;
        }
        if (displayName.length() > LONGEST_DISPLAY_NAME || displayName.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "A display name has at most 128 characters and no control characters.");
        }
        if (rows.findByName(name).isPresent()) {
            throw nameTaken(name);
        }
        String generated = wanted.password() == null ? passwords.generate() : null;
        String hash = passwords.hash(generated != null ? generated : String.valueOf(wanted.password()));
        try {
            AccountRow row = rows.save(new AccountRow(name, displayName, hash, wanted.role(), clock.instant()));
            Account account = row.toAccount();
            events.publishEvent(new AccountCreated(account.id(), name, account.role()));
            return new CreatedAccount(account, generated);
        } catch (DataIntegrityViolationException takenMeanwhile) {
            throw nameTaken(name);
        }
    }

    /**
     * Lets an account in or keeps it out. Keeping it out ends its sessions and tokens with the next request.
     *
     * @throws ProblemException not-found, or last-administrator when nobody would be left to administer
     */
    public Account setEnabled(AccountId id, boolean enabled) {
        AccountRow row = rows.findById(id.value()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        if (!enabled
                && row.isEnabledAdministrator()
                && rows.findByRoleAndEnabledTrue(Role.ADMINISTRATOR).size() == 1) {
            throw new ProblemException(ProblemCode.LAST_ADMINISTRATOR);
        }
        row.setEnabled(enabled);
        events.publishEvent(enabled ? new AccountEnabled(id) : new AccountDisabled(id));
        return row.toAccount();
    }

    /**
     * Changes one's own password. Sessions that began under the old one end with their next request.
     *
     * @return the principal that the session in which it was changed goes on with
     * @throws ProblemException invalid-password when the current one is wrong or the next one is not taken
     */
    public SignedIn changePassword(Subject subject, String current, String next) {
        AccountRow row = rows.findById(subject.accountId().value())
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        if (!passwords.matches(current, row.passwordHash())) {
            throw new ProblemException(ProblemCode.INVALID_PASSWORD, "The current password is not right.");
        }
        row.changePassword(passwords.hash(next));
        events.publishEvent(new PasswordChanged(subject.accountId()));
        return row.toSignedIn();
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

    static String canonical(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static ProblemException nameTaken(String name) {
        return new ProblemException(ProblemCode.NAME_TAKEN, "There is already an account named " + name + ".");
    }
}
