package io.hubmesh.audit;

/** How it ended. */
public enum Outcome {
    /** It was done. */
    DONE,
    /** The hub did not let it happen. */
    REFUSED,
    /** It was let happen and did not come to its end. */
    FAILED
}
