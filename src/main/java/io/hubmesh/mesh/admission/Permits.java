package io.hubmesh.mesh.admission;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.Remembered;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether an account may be in the mesh, and fetch and serve a content. A yes holds until {@link #forget} is called, which every
 * change of an account, a grant or a file does right after its commit.
 */
@Component
class Permits {

    static final Duration KEPT = Duration.ofSeconds(10);

    /** Each takes about 200 bytes. */
    private static final int MOST = 100_000;

    /** Without resource and content: whether the account may be in the mesh at all. */
    private record Question(
            AccountId account,
            @Nullable ResourceId resource,
            @Nullable ContentId content) {}

    private final Library library;
    private final Accounts accounts;

    private final Remembered<Question, Boolean> allowed;

    Permits(Library library, Accounts accounts, Clock clock) {
        this.library = library;
        this.accounts = accounts;
        this.allowed = new Remembered<>(MOST, KEPT, clock);
    }

    /** @throws ProblemException not-found when the account is no longer welcome */
    void requireWelcome(AccountId account) {
        allowed.find(new Question(account, null, null), question -> {
            subject(account);
            return Optional.of(true);
        });
    }

    /**
     * Goes on only when the account may fetch and serve that content, as that file.
     *
     * @throws ProblemException not-found when it may not or the file holds something else, peer-delivery-off when a manager
     *     has switched it off
     */
    void require(AccountId account, ResourceId resource, ContentId content) {
        allowed.find(new Question(account, resource, content), question -> {
            decide(account, resource, content);
            return Optional.of(true);
        });
    }

    /** Decides everything anew from now on. */
    void forget() {
        allowed.forget();
    }

    private void decide(AccountId account, ResourceId resource, ContentId content) {
        Resource found = library.require(subject(account), resource, Level.READ);
        Resource.FileVersion file = found.file();
        if (file == null || !file.contentId().equals(content)) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
        if (!found.peerDelivery()) {
            throw new ProblemException(ProblemCode.PEER_DELIVERY_OFF);
        }
    }

    private Subject subject(AccountId id) {
        Account account = accounts.find(id)
                .filter(Account::enabled)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        return new Subject(account.id(), account.name(), account.role());
    }
}
