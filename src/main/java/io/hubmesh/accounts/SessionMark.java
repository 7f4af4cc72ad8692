package io.hubmesh.accounts;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.NetworkAddress;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a session carries so that it is found by its account: the container says when it begins to and when it no longer does. */
final class SessionMark implements HttpSessionBindingListener {

    static final String ATTRIBUTE = SessionMark.class.getName();

    private final Sessions sessions;
    private final UUID id = UUID.randomUUID();
    private final AccountId account;
    private final String browser;
    private final Instant begunAt;
    private volatile Use last;
    private volatile @Nullable HttpSession session;

    private record Use(Instant at, String address) {}

    SessionMark(Sessions sessions, AccountId account, String browser, Clock clock) {
        this.sessions = sessions;
        this.account = account;
        this.browser = browser;
        this.begunAt = clock.instant();
        this.last = new Use(begunAt, "");
    }

    UUID id() {
        return id;
    }

    AccountId account() {
        return account;
    }

    Instant lastUsedAt() {
        return last.at();
    }

    void used(Instant now, String address) {
        last = new Use(now, NetworkAddress.text(address));
    }

    void end() {
        HttpSession carrier = session;
        if (carrier != null) {
            try {
                carrier.invalidate();
            } catch (IllegalStateException endedMeanwhile) {
                sessions.leave(this);
            }
        }
    }

    LiveSession toLiveSession() {
        Use use = last;
        return new LiveSession(id, begunAt, use.at(), browser, use.address());
    }

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
        session = event.getSession();
        sessions.enter(this);
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        sessions.leave(this);
    }
}
