package io.hubmesh.audit.web;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Outcome;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A record as a plain sentence, for example: ada gave ben Read on Videos. */
@Component
class Sentences {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final JsonMapper json;

    Sentences(JsonMapper json) {
        this.json = json;
    }

    String of(AuditRecord record) {
        Action action = action(record);
        if (action == null) {
            return record.action() + " (a word that this hub does not know)";
        }
        Told told = new Told(record, detail(record));
        String words = record.outcome().equals(Outcome.REFUSED.name()) ? refused(action, told) : done(action, told);
        return words + (record.times() > 1 ? " (" + record.times() + " times)" : "") + ".";
    }

    /** The record with what its detail says. */
    private record Told(AuditRecord record, Map<String, String> detail) {

        String who() {
            String name = record.actorName();
            if (name == null) {
                return record.actorId() == null ? "Somebody who was not signed in" : "account " + record.actorId();
            }
            return record.actorId() == null ? "The hub" : name;
        }

        String what() {
            if (record.objectName() != null) {
                return "\u201c" + record.objectName() + "\u201d";
            }
            return record.objectId() == null ? "something" : "something that is gone (" + record.objectId() + ")";
        }

        String account() {
            return record.objectName() == null ? "account " + record.objectId() : record.objectName();
        }

        String says(String name) {
            return detail.getOrDefault(name, "?");
        }

        /** A level as pages write it: Read for READ. */
        String level(String name) {
            return StringUtils.capitalize(says(name).toLowerCase(Locale.ROOT));
        }

        String amount(String name) {
            return Plain.amount(says(name));
        }

        boolean tells(String name) {
            return detail.containsKey(name);
        }

        boolean byItself() {
            return record.actorId() != null && record.actorId().toString().equals(record.objectId());
        }
    }

    private Map<String, String> detail(AuditRecord record) {
        try {
            return record.detail() == null ? Map.of() : json.readValue(record.detail(), TEXTS);
        } catch (JacksonException altered) {
            return Map.of();
        }
    }

    private static @Nullable Action action(AuditRecord record) {
        try {
            return Action.valueOf(record.action());
        } catch (IllegalArgumentException altered) {
            return null;
        }
    }

    private static String refused(Action action, Told told) {
        String why = told.tells("why") ? ": " + Plain.reason(told.says("why")) : "";
        return switch (action) {
            case SIGN_IN -> "Somebody was not let in as " + told.account() + why;
            case SWARM_REFUSED -> told.who() + " was not let into the swarm of " + told.what() + why;
            case REQUEST_REFUSED -> refusedRequest(told, why);
            default -> told.who() + " was refused: " + action.title().toLowerCase(Locale.ROOT) + why;
        };
    }

    private static String refusedRequest(Told told, String why) {
        if (told.tells("needed")) {
            return told.who() + " was refused " + told.what() + ": needs " + told.level("needed") + ", has "
                    + (told.tells("has") ? told.level("has") : "nothing");
        }
        return told.who() + " was refused" + (told.record().objectName() == null ? "" : " " + told.what()) + why;
    }

    private static String done(Action action, Told told) {
        return switch (action) {
            case HUB_STARTED -> "The hub started";
            case HUB_STOPPED -> "The hub stopped";
            case SIGN_IN -> told.who() + " signed in";
            case SIGN_OUT -> told.who() + " signed out";
            case SESSION_ENDED -> told.who() + " ended sessions of " + told.account();
            case TOKEN_MADE -> told.who() + " made the access token " + told.what();
            case TOKEN_WITHDRAWN -> told.who() + " withdrew the access token " + told.what() + whose(told);
            case GRANT_GIVEN -> grant(told);
            case GRANT_WITHDRAWN ->
                told.who() + " withdrew " + told.level("level") + " on " + told.what() + " from "
                        + told.says("account");
            case AUDIT_EXPORTED, AUDIT_PRUNED, AUDIT_LOST, AUDIT_DOUBTED -> audit(action, told);
            case SETTINGS_CHANGED -> told.who() + " changed the settings of " + told.what() + settings(told);
            case REQUEST_REFUSED -> refused(action, told);
            default -> more(action, told);
        };
    }

    private static String more(Action action, Told told) {
        return switch (action) {
            case ACCOUNT_CREATED, ACCOUNT_ENABLED, ACCOUNT_DISABLED, ACCOUNT_CHANGED, PASSWORD_CHANGED ->
                account(action, told);
            case GROUP_CREATED, GROUP_CHANGED, GROUP_DELETED, MEMBER_ADDED, MEMBER_REMOVED -> group(action, told);
            case PEER_JOINED, PEER_LEFT, PEER_DROPPED, SWARM_ENTERED, TICKETS_WITHDRAWN, TRANSFER_ENDED ->
                mesh(action, told);
            default -> resource(action, told);
        };
    }

    private static String whose(Told told) {
        return !told.tells("account")
                        || told.says("account").equals(told.record().actorName())
                ? ""
                : " of " + told.says("account");
    }

    private static String grant(Told told) {
        String on = " on " + told.what();
        return told.tells("before")
                ? told.who() + " changed " + told.says("account") + " from " + told.level("before") + " to "
                        + told.level("level") + on
                : told.who() + " gave " + told.says("account") + " " + told.level("level") + on;
    }

    private static String account(Action action, Told told) {
        return switch (action) {
            case ACCOUNT_CREATED ->
                told.who() + " created the account " + told.account() + " ("
                        + told.says("role").toLowerCase(Locale.ROOT) + ")";
            case ACCOUNT_ENABLED -> told.who() + " enabled " + told.account();
            case ACCOUNT_DISABLED -> told.who() + " disabled " + told.account();
            case PASSWORD_CHANGED ->
                told.byItself()
                        ? told.who() + " changed the password"
                        : told.who() + " changed the password of " + told.account();
            default -> told.who() + " changed the account " + told.account() + settings(told);
        };
    }

    private static String group(Action action, Told told) {
        return switch (action) {
            case GROUP_CREATED -> told.who() + " created the group " + told.what();
            case GROUP_DELETED -> told.who() + " deleted the group " + told.what();
            case MEMBER_ADDED -> told.who() + " added " + told.says("account") + " to the group " + told.what();
            case MEMBER_REMOVED -> told.who() + " took " + told.says("account") + " out of the group " + told.what();
            default -> told.who() + " changed the group " + told.what() + settings(told);
        };
    }

    private static String mesh(Action action, Told told) {
        return switch (action) {
            case PEER_JOINED -> told.who() + " joined the mesh";
            case PEER_LEFT -> told.who() + " left the mesh";
            case PEER_DROPPED -> told.who() + " put a peer of account " + told.says("accountId") + " out of the mesh";
            case SWARM_ENTERED -> told.who() + " got a ticket for " + told.what() + " and entered its swarm";
            case TICKETS_WITHDRAWN -> "Tickets of " + told.account() + " were withdrawn";
            default ->
                told.who() + " ended a transfer of " + told.what() + " in the mesh ("
                        + told.says("state").toLowerCase(Locale.ROOT) + "; by its own report "
                        + told.amount("fromPeers")
                        + " from peers, " + told.amount("fromHub") + " from the hub)";
        };
    }

    private static String resource(Action action, Told told) {
        String bytes = told.tells("bytes") ? " (" + told.amount("bytes") + ")" : "";
        return switch (action) {
            case RESOURCE_ADDED ->
                told.who() + (told.tells("bytes") ? " uploaded " : " made the folder ") + told.what() + bytes;
            case RESOURCE_RENAMED -> told.who() + " renamed \u201c" + told.says("before") + "\u201d to " + told.what();
            case RESOURCE_MOVED -> told.who() + " moved " + told.what() + " to another folder";
            case RESOURCE_DELETED -> told.who() + " put " + told.what() + " into the trash";
            case RESOURCE_REMOVED -> told.who() + " removed " + told.what() + " for good";
            case CONTENT_REPLACED -> told.who() + " brought a new version of " + told.what() + bytes;
            case VERSIONS_REMOVED ->
                told.who() + " removed version " + told.says("versions") + " of " + told.what() + " for good";
            case RESOURCE_RESTORED -> told.who() + " restored " + told.what();
            case PEER_DELIVERY_SWITCHED ->
                told.who() + " switched peer delivery of " + told.what() + " " + told.says("to");
            case DOWNLOAD_BEGUN -> told.who() + " downloaded " + told.what() + " from the hub" + bytes;
            case EXPERIMENT_STARTED -> told.who() + " began an experiment with " + told.what();
            case EXPERIMENT_STOPPED -> told.who() + " stopped an experiment with " + told.what();
            case DOWNLOAD_WENT_ON -> told.who() + " went on downloading " + told.what() + " from the hub" + bytes;
            default -> told.who() + ": " + action.title() + " " + told.what();
        };
    }

    private static String audit(Action action, Told told) {
        return switch (action) {
            case AUDIT_EXPORTED -> told.who() + " exported the audit";
            case AUDIT_PRUNED ->
                "The hub took " + told.says("records") + " records out that were older than " + told.says("keep");
            case AUDIT_LOST -> "The hub could not record everything: too much happened at once";
            default -> "The audit was found altered. " + told.says("why").replaceFirst("\\.$", "");
        };
    }

    private static String settings(Told told) {
        return told.detail().isEmpty()
                ? ""
                : ": "
                        + String.join(
                                ", ",
                                told.detail().entrySet().stream()
                                        .map(one -> Plain.apart(one.getKey()) + " " + one.getValue())
                                        .toList());
    }
}
