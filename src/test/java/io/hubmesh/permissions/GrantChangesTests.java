package io.hubmesh.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Access;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A decision right after a change, whoever else changes the same. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class GrantChangesTests {

    private static final int THREADS = 4;
    private static final int ROUNDS = 10;

    private final HubFixture hub;
    private final Permissions permissions;
    private final Library library;
    private final Access access;
    private final PlatformTransactionManager transactions;

    private Subject member;

    GrantChangesTests(
            HubFixture hub,
            Permissions permissions,
            Library library,
            Access access,
            PlatformTransactionManager transactions) {
        this.hub = hub;
        this.permissions = permissions;
        this.library = library;
        this.access = access;
        this.transactions = transactions;
    }

    @BeforeEach
    void setTheScene() {
        member = hub.member();
    }

    /** All change what the same person was granted, each on a folder of its own. */
    @Test
    void eachChangeHoldsFromTheNextDecisionOnWhileOthersChangeTheSame() throws Exception {
        Subject administrator = hub.administrator();
        List<Callable<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Resource own = hub.folder();
            all.add(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    access.grant(administrator, own.id(), member.name(), Level.WRITE);
                    assertThat(decide(Level.WRITE, own)).isEqualTo(allowed(own));
                    access.withdraw(administrator, own.id(), member.name());
                    assertThat(decide(Level.READ, own)).isEqualTo(new Decision.Denied(null));
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Void> each : threads.invokeAll(all)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsRolledBackWasNeverGranted() {
        Resource folder = hub.folder();
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            hub.grant(member, folder, Level.WRITE);
            assertThat(decide(Level.WRITE, folder)).isEqualTo(allowed(folder));
            transaction.setRollbackOnly();
        });

        assertThat(decide(Level.READ, folder)).isEqualTo(new Decision.Denied(null));
    }

    private Decision allowed(Resource from) {
        return new Decision.Allowed(Level.WRITE, from.id(), Grantee.of(member.accountId()));
    }

    private Decision decide(Level level, Resource resource) {
        return permissions.decide(member, level, library.chain(resource.id()));
    }
}
