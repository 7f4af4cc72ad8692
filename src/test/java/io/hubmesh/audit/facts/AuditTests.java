package io.hubmesh.audit.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.NewAccount;
import io.hubmesh.accounts.NewToken;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.TokenScope;
import io.hubmesh.audit.Action;
import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Filter;
import io.hubmesh.audit.Outcome;
import io.hubmesh.audit.chain.Custody;
import io.hubmesh.audit.chain.Trail;
import io.hubmesh.library.Clash;
import io.hubmesh.library.Expected;
import io.hubmesh.library.LibraryChanges;
import io.hubmesh.library.Moving;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Trash;
import io.hubmesh.permissions.Level;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do to a whole hub, and what of it is found in its audit. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AuditTests {

    private static final int SIZE = 100_000;

    private final HubFixture hub;
    private final Accounts accounts;
    private final AccessTokens tokens;
    private final LibraryChanges changes;
    private final Moving moving;
    private final Trash trash;
    private final Journal journal;
    private final Custody custody;
    private final Told told;
    private final TransactionTemplate transaction;
    private final int port;

    AuditTests(
            HubFixture hub,
            Accounts accounts,
            AccessTokens tokens,
            LibraryChanges changes,
            Moving moving,
            Trash trash,
            Journal journal,
            Custody custody,
            Trail trail,
            PlatformTransactionManager transactions,
            @LocalServerPort int port) {
        this.hub = hub;
        this.accounts = accounts;
        this.tokens = tokens;
        this.changes = changes;
        this.moving = moving;
        this.trash = trash;
        this.journal = journal;
        this.custody = custody;
        this.told = new Told(trail);
        this.transaction = new TransactionTemplate(transactions);
        this.port = port;
    }

    @Test
    void aPersonsWayThroughTheHubIsTold() throws Exception {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        Subject member = hub.member();
        HubClient browser = new HubClient(port);
        browser.signIn(member.name(), "not the password");
        browser.signIn(member.name(), HubFixture.PASSWORD);
        browser.get("/api/v1/resources/" + file.id());
        hub.grant(member, file, Level.READ);
        browser.send(browser.request("/api/v1/resources/" + file.id()).DELETE());
        browser.get("/administration/people");
        browser.form("/sign-out", Map.of("_csrf", browser.csrf("/account")));
        journal.write();

        AuditRecord in = told.one(member.name(), Action.SIGN_IN, Outcome.DONE);
        assertThat(in.actorId()).isEqualTo(member.accountId().value());
        assertThat(in.address()).isEqualTo("127.0.0.1");
        told.one(member.name(), Action.SIGN_OUT, Outcome.DONE);
        AuditRecord refused = told.about(member.accountId().toString(), Action.SIGN_IN, 10).stream()
                .filter(record -> record.outcome().equals("REFUSED"))
                .findFirst()
                .orElseThrow();
        assertThat(refused.actorName()).isNull();
        assertThat(refused.detail()).contains("wrong password");
        assertThat(told.all(member.name(), Action.REQUEST_REFUSED))
                .extracting(AuditRecord::detail)
                .anyMatch(detail -> detail != null && detail.contains("\"needed\":\"READ\"") && !detail.contains("has"))
                .anyMatch(detail -> detail != null && detail.contains("csrf"))
                .anyMatch(detail -> detail != null && detail.contains("\"why\":\"forbidden\""));
        assertThat(custody.verify().findings()).isEmpty();
    }

    @Test
    void aTokenThatWasNotMadeForSomethingIsToldByWhoseItIs() throws Exception {
        Subject member = hub.member();
        String secret = tokens.create(member, new NewToken("reads", TokenScope.READ, null))
                .secret();
        HubClient script = new HubClient(port);
        script.send(script.request("/api/v1/resources/" + hub.folder().id() + "/folders")
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"x\"}")));
        journal.write();

        assertThat(told.one(member.name(), Action.REQUEST_REFUSED, Outcome.REFUSED)
                        .detail())
                .contains("insufficient-scope");
    }

    @Test
    void whatWasTypedInsteadOfANameIsNotKept() throws Exception {
        String secret = HubFixture.fresh("my-password");
        new HubClient(port).signIn(secret, "x");
        journal.write();

        assertThat(told.trail().page(new Filter(null, null, null, null, null, null, secret), null, 10))
                .isEmpty();
    }

    @Test
    void aGrantIsToldWithTheNamesOfThen() {
        Resource folder = hub.folder();
        Subject member = hub.member();
        hub.grant(member, folder, Level.READ);
        hub.grant(member, folder, Level.WRITE);
        hub.withdraw(member, folder);

        List<AuditRecord> records = told.about(folder.id().toString(), null, 10);
        assertThat(records).extracting(AuditRecord::action).startsWith("GRANT_WITHDRAWN", "GRANT_GIVEN", "GRANT_GIVEN");
        assertThat(records).extracting(AuditRecord::objectName).containsOnly(folder.name());
        assertThat(records.get(1).detail())
                .contains("\"account\":\"" + member.name() + "\"", "\"before\":\"READ\"", "\"level\":\"WRITE\"");
    }

    @Test
    void whatBecomesOfAFileIsToldToItsEnd() {
        Subject ada = hub.administrator();
        Resource file = hub.file(HubFixture.bytes(SIZE));
        Resource folder = hub.folder();
        changes.rename(ada, file.id(), Expected.ANY, "renamed.bin");
        moving.move(ada, file.id(), Expected.ANY, folder.id(), null, Clash.REFUSE);
        trash.delete(ada, file.id(), Expected.ANY);
        trash.restore(ada, file.id(), null);
        trash.delete(ada, file.id(), Expected.ANY);
        trash.remove(ada, file.id());

        List<AuditRecord> records = told.about(file.id().toString(), null, 20);
        assertThat(records)
                .extracting(AuditRecord::action)
                .containsExactly(
                        "RESOURCE_REMOVED",
                        "RESOURCE_DELETED",
                        "RESOURCE_RESTORED",
                        "RESOURCE_DELETED",
                        "RESOURCE_MOVED",
                        "RESOURCE_RENAMED",
                        "RESOURCE_ADDED");
        assertThat(records.subList(0, 6)).extracting(AuditRecord::objectName).containsOnly("renamed.bin");
        assertThat(records.get(5).detail()).isEqualTo("{\"before\":\"file.bin\"}");
        assertThat(records.get(6).detail()).isEqualTo("{\"bytes\":\"" + SIZE + "\"}");
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        String name = HubFixture.fresh("nobody");
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    accounts.create(new NewAccount(name, "", HubFixture.PASSWORD, Role.MEMBER));
                    throw new IllegalStateException("changed their mind");
                }))
                .hasMessage("changed their mind");

        assertThat(told.about(name, null, 10)).isEmpty();
    }
}
