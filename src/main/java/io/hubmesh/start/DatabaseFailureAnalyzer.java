package io.hubmesh.start;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Explains a database that opened and turned out to be broken while the hub was starting. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        if (rootFailure instanceof FailureAnalyzedException) {
            return null; // it has been explained, and better: with the file's name
        }
        return DatabaseFailures.explain(cause, "The database").analysis();
    }
}
