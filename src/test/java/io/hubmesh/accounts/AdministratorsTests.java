package io.hubmesh.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AdministratorsTests {

    private final HubFixture hub;
    private final Accounts accounts;

    AdministratorsTests(HubFixture hub, Accounts accounts) {
        this.hub = hub;
        this.accounts = accounts;
    }

    @Test
    void whenAllAreDisabledAtOnceOneStays() throws Exception {
        hub.anotherAdministrator();
        List<Account> administrators = accounts.all().stream()
                .filter(account -> account.role() == Role.ADMINISTRATOR && account.enabled())
                .toList();
        try {
            List<ProblemCode> refusals = disableAtOnce(administrators);

            assertThat(refusals).containsExactly(ProblemCode.LAST_ADMINISTRATOR);
        } finally {
            administrators.forEach(account -> accounts.setEnabled(account.id(), true));
        }
    }

    private List<ProblemCode> disableAtOnce(List<Account> all) throws Exception {
        CyclicBarrier start = new CyclicBarrier(all.size());
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            List<Callable<List<ProblemCode>>> jobs = new ArrayList<>();
            for (Account account : all) {
                jobs.add(() -> {
                    start.await();
                    return disable(account);
                });
            }
            List<ProblemCode> refusals = new ArrayList<>();
            for (Future<List<ProblemCode>> job : threads.invokeAll(jobs)) {
                refusals.addAll(job.get());
            }
            return refusals;
        } finally {
            threads.shutdown();
        }
    }

    private List<ProblemCode> disable(Account account) {
        try {
            accounts.setEnabled(account.id(), false);
            return List.of();
        } catch (ProblemException refusal) {
            return List.of(refusal.code());
        }
    }
}
