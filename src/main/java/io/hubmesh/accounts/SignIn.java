package io.hubmesh.accounts;

import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds the account that somebody signs in to; Spring Security compares the password. */
@Service
class SignIn implements UserDetailsService {

    private final AccountRows rows;

    SignIn(AccountRows rows) {
        this.rows = rows;
    }

    @Override
    @Transactional(readOnly = true)
    public UserDetails loadUserByUsername(String name) {
        return rows.findByName(Accounts.canonical(name))
                .map(AccountRow::toSignedIn)
                .orElseThrow(() -> new UsernameNotFoundException("no such account"));
    }
}
