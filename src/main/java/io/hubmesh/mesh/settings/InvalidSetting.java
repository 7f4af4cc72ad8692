package io.hubmesh.mesh.settings;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;

/** A setting cannot be as wished. */
public final class InvalidSetting extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final Which which;

    InvalidSetting(Which which, String detail) {
        super(ProblemCode.INVALID_VALUE, detail);
        this.which = which;
    }

    /** The setting, so that a page can say it beside the field. */
    public Which which() {
        return which;
    }

    /** Every setting that may be wrong. */
    public enum Which {
        TURN,
        TURN_SECRET,
        CREDENTIAL_LIFE,
        GRACE,
        SECOND_STUN
    }
}
