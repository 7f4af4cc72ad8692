package io.hubmesh.start;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a first administrator's password that the hub does not accept. */
class AdministratorPasswordAnalyzer extends AbstractFailureAnalyzer<ProblemException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ProblemException cause) {
        if (cause.code() != ProblemCode.INVALID_PASSWORD) {
            return null;
        }
        return new FailureAnalysis(
                "The first administrator's password cannot be used: " + cause.detail(),
                "Set HUBMESH_ADMIN_PASSWORD to another one, or leave it out and let the hub make one.",
                cause);
    }
}
