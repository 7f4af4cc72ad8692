package io.hubmesh.browser;

import io.hubmesh.start.HubClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hub's counters at one moment, as its API tells them. */
record Overview(JsonNode json) {

    static Overview of(HubClient reader) {
        return new Overview(JsonMapper.shared()
                .readTree(reader.get("/api/v1/measurement/overview").body()));
    }

    long hubEgress() {
        return json.at("/hub/egressBytes").asLong();
    }

    /** One resource's figure; 0 when nothing of it was delivered. */
    long resource(String id, String figure) {
        for (JsonNode resource : json.get("resources")) {
            if (resource.get("resource").asString().equals(id)) {
                return resource.get(figure).asLong();
            }
        }
        return 0;
    }

    /** A figure added up over one member's transfers of one resource. */
    long transfers(String id, String member, String figure) {
        long sum = 0;
        for (JsonNode transfer : json.get("transfers")) {
            if (transfer.get("resource").asString().equals(id)
                    && transfer.get("member").asString().equals(member)) {
                sum += transfer.get(figure).asLong();
            }
        }
        return sum;
    }
}
