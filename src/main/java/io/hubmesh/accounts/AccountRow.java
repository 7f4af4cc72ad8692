package io.hubmesh.accounts;

import io.hubmesh.kernel.AccountId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** An account as it is kept. */
@Entity
@Table(name = "accounts")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class AccountRow {

    @Id
    private UUID id;

    private String name;
    private String displayName;
    private String passwordHash;
    private int credentials;

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "varchar(16)")
    private Role role;

    private boolean enabled;
    private boolean mustChangePassword;
    private Instant createdAt;

    protected AccountRow() {}

    AccountRow(String name, String displayName, String passwordHash, Role role, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.name = name;
        this.displayName = displayName;
        this.passwordHash = passwordHash;
        this.role = role;
        this.enabled = true;
        this.createdAt = createdAt;
    }

    Account toAccount() {
        return new Account(new AccountId(id), name, displayName, role, enabled, createdAt);
    }

    SignedIn toSignedIn() {
        return new SignedIn(id, name, role, passwordHash, credentials, enabled, mustChangePassword);
    }

    String passwordHash() {
        return passwordHash;
    }

    /** @param mustChange whether the account is to choose another before it does anything else */
    void changePassword(String newHash, boolean mustChange) {
        this.passwordHash = newHash;
        this.mustChangePassword = mustChange;
        endSessions();
    }

    /** No session that began before this goes on. */
    void endSessions() {
        this.credentials++;
    }

    void mustChangePassword() {
        this.mustChangePassword = true;
    }

    boolean isEnabledAdministrator() {
        return enabled && role == Role.ADMINISTRATOR;
    }

    Role role() {
        return role;
    }

    void setRole(Role newRole) {
        this.role = newRole;
    }

    void setDisplayName(String newDisplayName) {
        this.displayName = newDisplayName;
    }

    void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }
}
