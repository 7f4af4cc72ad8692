package io.hubmesh.mesh;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the receivers of an experiment fetch: the three ways to download. */
public enum TrialModel {
    HUB,
    PEERS,
    AUTOMATIC;

    /** As it stands in messages and answers, for example {@code peers}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
