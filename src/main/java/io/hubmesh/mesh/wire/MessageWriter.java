package io.hubmesh.mesh.wire;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what the hub sends. */
public final class MessageWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MessageWriter() {}

    /** One JSON text. */
    public static String write(ToPeer message) {
        if (message instanceof ToPeer.Signal signal) {
            return signal.passage().from(signal.from());
        }
        ObjectNode node = JSON.createObjectNode();
        if (message instanceof ToPeer.Welcome welcome) {
            welcome(node, welcome);
        } else if (message instanceof ToPeer.Turn turn) {
            turn(node.put("type", "turn"), turn);
        } else if (message instanceof ToPeer.Neighbours neighbours) {
            neighbours(node, neighbours);
        } else if (message instanceof ToPeer.Leased leased) {
            leased(node, leased);
        } else if (message instanceof ToPeer.Keep keep) {
            node.put("type", "keep")
                    .put("resource", keep.resource().toString())
                    .put("content", keep.content().hex())
                    .put("name", keep.name());
        } else if (message instanceof ToPeer.Unkeep unkeep) {
            node.put("type", "unkeep").put("content", unkeep.content().hex());
        } else if (message instanceof ToPeer.Trial trial) {
            trial(node, trial);
        } else if (message instanceof ToPeer.TrialBegin begin) {
            node.put("type", "trial-begin").put("trial", begin.trial());
        } else if (message instanceof ToPeer.TrialEnd end) {
            node.put("type", "trial-end").put("trial", end.trial());
        } else if (message instanceof ToPeer.Revoked revoked) {
            node.put("type", "revoked").put("list", revoked.list());
        } else if (message instanceof ToPeer.Permitted permitted) {
            node.put("type", "permitted").put("content", permitted.content().hex());
        } else if (message instanceof ToPeer.Ping) {
            node.put("type", "ping");
        } else if (message instanceof ToPeer.Bye bye) {
            node.put("type", "bye").put("code", bye.code());
        } else if (message instanceof ToPeer.Problem problem) {
            problem(node, problem);
        }
        return JSON.writeValueAsString(node);
    }

    private static void trial(ObjectNode node, ToPeer.Trial trial) {
        node.put("type", "trial")
                .put("trial", trial.trial())
                .put("resource", trial.resource().toString())
                .put("content", trial.content().hex())
                .put("model", trial.model().word())
                .put("upload", trial.upload())
                .put("download", trial.download());
    }

    private static void welcome(ObjectNode node, ToPeer.Welcome welcome) {
        node.put("type", "welcome")
                .put("peer", welcome.peer().value())
                .put("hub", welcome.hub().toString());
        ObjectNode key = node.putObject("key");
        welcome.key().forEach(key::put);
        node.put("ticket", welcome.ticket());
        ArrayNode stun = node.putArray("stun");
        welcome.stun().forEach(stun::add);
        node.put("epoch", welcome.epoch()).put("revocations", welcome.revocations());
        if (welcome.turn() != null) {
            turn(node.putObject("turn"), welcome.turn());
        }
    }

    private static void turn(ObjectNode node, ToPeer.Turn turn) {
        ArrayNode urls = node.putArray("urls");
        turn.urls().forEach(urls::add);
        node.put("username", turn.username())
                .put("credential", turn.credential())
                .put("expires", turn.expires());
    }

    private static void neighbours(ObjectNode node, ToPeer.Neighbours neighbours) {
        node.put("type", "neighbours")
                .put("content", neighbours.content().hex())
                .put("ticket", neighbours.ticket());
        ArrayNode peers = node.putArray("peers");
        neighbours.peers().forEach(each -> peers.addObject()
                .put("peer", each.peer().value())
                .put("member", each.member())
                .put("fingerprint", each.fingerprint().value()));
        if (!neighbours.part().isEmpty()) {
            ArrayNode part = node.putArray("part");
            neighbours.part().forEach(peer -> part.addObject().put("peer", peer.value()));
        }
    }

    private static void leased(ObjectNode node, ToPeer.Leased leased) {
        node.put("type", "leased").put("content", leased.content().hex());
        if (leased.lease() != null) {
            node.put("lease", leased.lease());
        }
        indexes(node.putArray("chunks"), leased.chunks());
        if (leased.retryAfterMillis() != null) {
            node.put("retryAfterMillis", leased.retryAfterMillis());
        }
    }

    private static void problem(ObjectNode node, ToPeer.Problem problem) {
        node.put("type", "problem").put("code", problem.code().code()).put("detail", problem.detail());
        if (problem.content() != null) {
            node.put("content", problem.content().hex());
        }
        if (problem.link() != null) {
            node.put("link", problem.link());
        }
    }

    private static void indexes(ArrayNode array, List<Integer> indexes) {
        indexes.forEach(array::add);
    }
}
