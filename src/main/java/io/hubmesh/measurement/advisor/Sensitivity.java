package io.hubmesh.measurement.advisor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who may know what about a content and its readers. */
public enum Sensitivity {
    @JsonProperty("public")
    PUBLIC("Anybody may have it"),
    @JsonProperty("internal")
    INTERNAL("Those who were granted it"),
    /** Nor may readers learn of each other, or browsers keep copies to serve. */
    @JsonProperty("confidential")
    CONFIDENTIAL("Those who were granted it, unseen by each other");

    private final String title;

    Sensitivity(String title) {
        this.title = title;
    }

    /** As the form says it. */
    public String title() {
        return title;
    }
}
