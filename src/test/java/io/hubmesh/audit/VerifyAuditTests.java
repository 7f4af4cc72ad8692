package io.hubmesh.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The check from a command line. */
class VerifyAuditTests {

    private final Path data;
    private final DriverManagerDataSource source;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    VerifyAuditTests(@TempDir Path folder) {
        data = folder.resolve("data");
        source =
                new DriverManagerDataSource("jdbc:h2:file:" + data.resolve("db").resolve("hubmesh"), "hubmesh", "");
    }

    @Test
    void itSaysThatTheChainIsWholeAndThatItIsNot() {
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V60__audit.sql")).execute(source);
        assertThat(run()).isZero();
        assertThat(said()).contains("The audit is whole: 0 records");

        JdbcClient.create(source).sql("update audit_head set sequence = 3").update();
        assertThat(run()).isEqualTo(VerifyAudit.ALTERED);
        assertThat(said()).contains("The audit has been altered.", "there are records up to 3");
    }

    @Test
    void itSaysThatItCannotReadWhatIsNotThere() {
        assertThat(run()).isEqualTo(VerifyAudit.UNREADABLE);
        assertThat(said()).contains("cannot be read");
    }

    @Test
    void onlyItsNameAsksForIt() {
        assertThat(VerifyAudit.isAsked()).isFalse();
        assertThat(VerifyAudit.isAsked("--debug")).isFalse();
        assertThat(VerifyAudit.isAsked("verify-audit")).isTrue();
    }

    private int run() {
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        return VerifyAudit.run(out, VerifyAudit.COMMAND, "--hubmesh.data=" + data);
    }

    private String said() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
