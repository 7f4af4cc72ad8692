package io.hubmesh.kernel;

import org.jspecify.annotations.Nullable;

/** Carries a {@link ProblemCode} to whoever asked. The detail is for a person and never holds a secret. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;

    public ProblemException(ProblemCode code) {
        this(code, code.title() + ".", null);
    }

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, null);
    }

    public ProblemException(ProblemCode code, Throwable cause) {
        this(code, code.title() + ".", cause);
    }

    private ProblemException(ProblemCode code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    public ProblemCode code() {
        return code;
    }

    /** What happened and what to do about it, in a sentence or two. */
    public String detail() {
        String message = getMessage();
        return message == null ? code.title() : message;
    }
}
