package io.hubmesh.measurement.advisor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The three ways to download, as the API names them. */
public enum DeliveryModel {
    /** Client-server. */
    @JsonProperty("hub")
    HUB("From the hub"),
    /** Peer-to-peer: the hub sends one copy. */
    @JsonProperty("peers")
    PEERS("From peers"),
    /** Both: the hub helps where few fetch at once. */
    @JsonProperty("automatic")
    AUTOMATIC("Automatic");

    private final String title;

    DeliveryModel(String title) {
        this.title = title;
    }

    /** As pages name it. */
    public String title() {
        return title;
    }
}
