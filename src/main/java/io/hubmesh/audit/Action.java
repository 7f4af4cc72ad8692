package io.hubmesh.audit;

/** Everything that is recorded. The list is closed and its names are stable: they stand in exports. */
public enum Action {
    HUB_STARTED("Hub started"),
    HUB_STOPPED("Hub stopped"),

    SIGN_IN("Sign-in"),
    SIGN_OUT("Sign-out"),
    SESSION_ENDED("Session ended"),
    TOKEN_MADE("Token made"),
    TOKEN_WITHDRAWN("Token withdrawn"),

    ACCOUNT_CREATED("Account created"),
    ACCOUNT_ENABLED("Account enabled"),
    ACCOUNT_DISABLED("Account disabled"),
    ACCOUNT_CHANGED("Account changed"),
    PASSWORD_CHANGED("Password changed"),
    GROUP_CREATED("Group created"),
    GROUP_CHANGED("Group changed"),
    GROUP_DELETED("Group deleted"),
    MEMBER_ADDED("Group member added"),
    MEMBER_REMOVED("Group member removed"),

    GRANT_GIVEN("Grant given"),
    GRANT_WITHDRAWN("Grant withdrawn"),

    RESOURCE_ADDED("Folder or file added"),
    RESOURCE_RENAMED("Renamed"),
    RESOURCE_MOVED("Moved"),
    RESOURCE_DELETED("Deleted"),
    RESOURCE_REMOVED("Removed for good"),
    RESOURCE_RESTORED("Restored"),
    CONTENT_REPLACED("New version"),
    VERSIONS_REMOVED("Versions removed for good"),
    PEER_DELIVERY_SWITCHED("Peer delivery switched"),

    DOWNLOAD_BEGUN("Download from the hub"),
    DOWNLOAD_WENT_ON("Download went on"),

    PEER_JOINED("Joined the mesh"),
    PEER_LEFT("Left the mesh"),
    PEER_DROPPED("Peer put out"),
    SWARM_ENTERED("Entered a swarm"),
    SWARM_REFUSED("Swarm refused"),
    TICKETS_WITHDRAWN("Tickets withdrawn"),
    TRANSFER_ENDED("Transfer in the mesh ended"),

    EXPERIMENT_STARTED("Experiment started"),
    EXPERIMENT_STOPPED("Experiment stopped"),

    SETTINGS_CHANGED("Settings changed"),

    REQUEST_REFUSED("Request refused"),

    AUDIT_EXPORTED("Audit exported"),
    AUDIT_PRUNED("Audit pruned"),
    AUDIT_LOST("Records lost"),
    AUDIT_DOUBTED("Audit found altered");

    private final String title;

    Action(String title) {
        this.title = title;
    }

    /** Two or three words for a person. */
    public String title() {
        return title;
    }
}
