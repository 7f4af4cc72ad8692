package io.hubmesh.audit.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Filter;
import io.hubmesh.audit.Outcome;
import io.hubmesh.audit.Thing;
import io.hubmesh.audit.chain.Custody;
import io.hubmesh.audit.chain.Trail;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Downloads and floods: what many facts of one kind become in the audit, and that nobody waits for it. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AuditLoadTests {

    private static final int SIZE = 100_000;
    private static final int RANGE = 12_500;

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final Journal journal;
    private final Custody custody;
    private final Clock clock;
    private final JdbcClient database;
    private final Told told;
    private final TransactionTemplate transaction;
    private final int port;

    AuditLoadTests(
            HubFixture hub,
            AccessTokens tokens,
            Journal journal,
            Custody custody,
            Trail trail,
            Clock clock,
            JdbcClient database,
            PlatformTransactionManager transactions,
            @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.journal = journal;
        this.custody = custody;
        this.clock = clock;
        this.database = database;
        this.told = new Told(trail);
        this.transaction = new TransactionTemplate(transactions);
        this.port = port;
    }

    @Test
    void eightRangesOfADownloadAreOneAccess() throws Exception {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        Subject member = hub.member();
        hub.grant(member, file, Level.READ);
        String token = tokens.create(member, "aria2").secret();
        for (int from = 0; from < SIZE; from += RANGE) {
            fetchToTheEnd("/api/v1/resources/" + file.id() + "/content", token, from, from + RANGE - 1);
        }
        journal.close();

        AuditRecord begun = told.one(member.name(), Action.DOWNLOAD_BEGUN, Outcome.DONE);
        assertThat(begun.objectName()).isEqualTo("file.bin");
        assertThat(begun.detail()).contains("\"bytes\":\"" + RANGE + "\"");
        AuditRecord rest = told.one(member.name(), Action.DOWNLOAD_WENT_ON, Outcome.DONE);
        assertThat(rest.times()).isEqualTo(SIZE / RANGE - 1);
        assertThat(rest.detail()).contains("\"bytes\":\"" + (SIZE - RANGE) + "\"");
    }

    /** Until the hub closes the connection: what it tells of a download, it has told by then, and not always with the last byte. */
    private void fetchToTheEnd(String path, String token, int first, int last) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nRange: bytes=" + first + "-" + last + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 206");
        }
    }

    /** Somebody holds the chain's head for as long as the download takes. */
    @Test
    void aDownloadDoesNotWaitForTheAudit() {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        String token = tokens.create(hub.administrator(), "reader").secret();
        HubClient script = new HubClient(port);
        transaction.executeWithoutResult(status -> {
            assertThat(database.sql("select sequence from audit_head where id = 1 for update")
                            .query(Long.class)
                            .single())
                    .isPositive();
            assertThat(download(script, file, token)).isEqualTo(200);
        });
    }

    @Test
    void whatDoesNotFitIntoTheQueueIsCounted() {
        String name = HubFixture.fresh("flooder");
        Entry entry =
                Entry.done(clock.instant(), new Actor(null, name), Action.SIGN_IN, Thing.of(Thing.Kind.ACCOUNT, name));
        for (int i = 0; i < Journal.LONGEST_QUEUE + 5_000; i++) {
            journal.soon(entry);
        }
        journal.write();

        int written = told.trail()
                .page(new Filter(name, null, null, null, null, null, null), null, 20_000)
                .size();
        int lost =
                told.trail().page(new Filter(null, Action.AUDIT_LOST, null, null, null, null, null), null, 100).stream()
                        .mapToInt(AuditRecord::times)
                        .sum();
        assertThat(written + lost).isGreaterThanOrEqualTo(Journal.LONGEST_QUEUE + 5_000);
        assertThat(custody.verify().findings()).isEmpty();
    }

    private static int download(HubClient script, Resource file, String token) {
        try {
            return script.send(script.request("/api/v1/resources/" + file.id() + "/content")
                            .header("Authorization", "Bearer " + token))
                    .statusCode();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
