package io.hubmesh.accounts;

import io.hubmesh.accounts.events.AccessEnded;
import io.hubmesh.accounts.events.SessionEnded;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** The sessions that live in this hub, by account. They are in memory, as the sessions themselves are, and end with the hub. */
@Component
public class Sessions {

    /** Whoever signs in once more ends the session that they have not used for longest. */
    static final int MOST_OF_ONE = 50;

    private final Map<AccountId, Map<UUID, SessionMark>> live = new ConcurrentHashMap<>();
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Sessions(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** All sessions of an account are over, but one perhaps. */
    record Over(AccountId account, @Nullable UUID except) {}

    /** Somebody has just signed in with this request, and so its session is theirs. */
    public void begin(AccountId account, HttpServletRequest request) {
        request.getSession()
                .setAttribute(
                        SessionMark.ATTRIBUTE,
                        new SessionMark(this, account, BrowserWords.of(request.getHeader("User-Agent")), clock));
        used(request);
        marks(account).stream()
                .sorted(Comparator.comparing(SessionMark::lastUsedAt).reversed())
                .skip(MOST_OF_ONE)
                .forEach(SessionMark::end);
    }

    /** The session of this request is being used. */
    public void used(HttpServletRequest request) {
        SessionMark mark = mark(request);
        if (mark != null) {
            mark.used(clock.instant(), request.getRemoteAddr());
        }
    }

    /** The session of this request; null when it has none. */
    public @Nullable UUID idOf(HttpServletRequest request) {
        SessionMark mark = mark(request);
        return mark == null ? null : mark.id();
    }

    /** Where an account is signed in, the one used last first. */
    public List<LiveSession> of(AccountId account) {
        return marks(account).stream()
                .map(SessionMark::toLiveSession)
                .sorted(Comparator.comparing(LiveSession::lastUsedAt).reversed())
                .toList();
    }

    /** Ends one session of an account at once. @throws ProblemException not-found */
    public void end(AccountId account, UUID session) {
        SessionMark mark = live.getOrDefault(account, Map.of()).get(session);
        if (mark == null) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "That session is over already.");
        }
        mark.end();
        events.publishEvent(new SessionEnded(account));
        events.publishEvent(new AccessEnded(account));
    }

    /** Before the other listeners: whoever looks again because of it is to find the sessions ended. */
    @TransactionalEventListener(fallbackExecution = true)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(Over over) {
        marks(over.account()).stream()
                .filter(mark -> !mark.id().equals(over.except()))
                .forEach(SessionMark::end);
    }

    void enter(SessionMark mark) {
        live.compute(mark.account(), (account, known) -> {
            Map<UUID, SessionMark> all = known == null ? new ConcurrentHashMap<>() : known;
            all.put(mark.id(), mark);
            return all;
        });
    }

    void leave(SessionMark mark) {
        live.computeIfPresent(mark.account(), (account, all) -> {
            all.remove(mark.id());
            return all.isEmpty() ? null : all;
        });
    }

    private Collection<SessionMark> marks(AccountId account) {
        return List.copyOf(live.getOrDefault(account, Map.of()).values());
    }

    private static @Nullable SessionMark mark(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(SessionMark.ATTRIBUTE) instanceof SessionMark mark ? mark : null;
    }
}
