package io.hubmesh.accounts;

import io.hubmesh.kernel.AccountId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** The principal of a session or of a request with a token. */
public final class SignedIn implements UserDetails, CredentialsContainer {

    private static final long serialVersionUID = 1L;

    private final UUID id;
    private final String name;
    private final Role role;
    private final int credentials;
    private final boolean enabled;
    private final boolean mustChangePassword;
    private @Nullable String passwordHash;

    SignedIn(
            UUID id,
            String name,
            Role role,
            String passwordHash,
            int credentials,
            boolean enabled,
            boolean mustChangePassword) {
        this.id = id;
        this.name = name;
        this.role = role;
        this.passwordHash = passwordHash;
        this.credentials = credentials;
        this.enabled = enabled;
        this.mustChangePassword = mustChangePassword;
    }

    public Subject subject() {
        return new Subject(new AccountId(id), name, role);
    }

    /** Whether the account can do nothing else before it has chosen another password. */
    public boolean mustChangePassword() {
        return mustChangePassword;
    }

    /** Whether the account still is what it was when this principal signed in. */
    boolean matches(SignedIn now) {
        return now.enabled && role == now.role && credentials == now.credentials;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.of(new SimpleGrantedAuthority("ROLE_" + role));
    }

    @Override
    public @Nullable String getPassword() {
        return passwordHash;
    }

    @Override
    public String getUsername() {
        return name;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void eraseCredentials() {
        passwordHash = null;
    }
}
