package io.hubmesh.api.document;

import io.swagger.v3.oas.models.tags.Tag;
import java.util.Map;

/** The tags of the document: one a room that has endpoints, with a sentence for those who do not know the rooms. */
final class Rooms {

    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("accounts", "People, groups, passwords, sessions and access tokens."),
            Map.entry("audit", "Who did what, and what was refused, for administrators."),
            Map.entry("experiments", "Measured comparisons of the models, with their bounds."),
            Map.entry("delivery", "Bytes to and from the hub: uploads, downloads, manifests."),
            Map.entry("library", "Folders and files, and who reaches them."),
            Map.entry("measurement", "What was delivered, by the hub and by peers."),
            Map.entry("operations", "Backups and checks of what the hub keeps, for administrators."),
            Map.entry("mesh", "Delivery between peers: the socket, leases, kept copies, settings."));

    private Rooms() {}

    /** The room that a controller stands in: the first name after the product's. */
    static String of(Class<?> controller) {
        return controller.getPackageName().split("\\.")[2];
    }

    static Tag tag(String room) {
        return new Tag().name(room).description(SENTENCES.getOrDefault(room, "Everything about " + room + "."));
    }
}
