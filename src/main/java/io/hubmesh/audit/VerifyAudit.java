package io.hubmesh.audit;

import io.hubmesh.audit.chain.Custody;
import io.hubmesh.audit.chain.Verdict;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Checks the audit of a hub that is not running: {@code java -jar hubmesh.jar verify-audit}. Opens the database and the data folder with the
 * same settings as the hub, changes nothing, and starts nothing else.
 */
public final class VerifyAudit {

    /** The first argument that asks for it. */
    public static final String COMMAND = "verify-audit";

    /** Exit codes. */
    static final int SOUND = 0;

    static final int ALTERED = 1;
    static final int UNREADABLE = 2;

    private VerifyAudit() {}

    public static boolean isAsked(String... arguments) {
        return arguments.length > 0 && arguments[0].equals(COMMAND);
    }

    /**
     * Tells what was found on {@code out}.
     *
     * @return 0 when the chain is whole, 1 when it was altered, 2 when it cannot be read
     */
    public static int run(PrintStream out, String... arguments) {
        String[] settings = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
        settings[settings.length - 1] = "--server.port=-1"; // nothing listens
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(DataSourceAutoConfiguration.class)
                .web(WebApplicationType.NONE)
                .run(settings)) {
            String data = Objects.requireNonNull(context.getEnvironment().getProperty("hubmesh.data"));
            return tell(out, Custody.verify(context.getBean(DataSource.class), Path.of(data)));
        } catch (RuntimeException failure) {
            out.println("The audit cannot be read: " + failure.getMessage());
            return UNREADABLE;
        }
    }

    private static int tell(PrintStream out, Verdict verdict) {
        out.println(
                verdict.sound()
                        ? "The audit is whole: " + verdict.records() + " records, from " + verdict.first() + " to "
                                + verdict.last() + "."
                        : "The audit has been altered.");
        verdict.findings().forEach(finding -> out.println("  " + finding));
        out.println("It ends with record " + verdict.last() + ", hash " + verdict.headHash());
        return verdict.sound() ? SOUND : ALTERED;
    }
}
