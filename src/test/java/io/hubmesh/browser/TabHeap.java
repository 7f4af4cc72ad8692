package io.hubmesh.browser;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a tab and its workers hold in memory: objects, what the browser keeps for them, and the buffers behind them. */
final class TabHeap {

    private final CDPSession session;
    private final Map<String, Long> workers = new ConcurrentHashMap<>();
    private int questions;

    TabHeap(Page page) {
        session = page.context().newCDPSession(page);
        session.on("Target.attachedToTarget", event -> workers.put(text(event, "sessionId"), 0L));
        session.on("Target.detachedFromTarget", event -> workers.remove(text(event, "sessionId")));
        session.on(
                "Target.receivedMessageFromTarget", event -> heard(text(event, "sessionId"), text(event, "message")));
        JsonObject attach = new JsonObject();
        attach.addProperty("autoAttach", true);
        attach.addProperty("waitForDebuggerOnStart", false);
        attach.addProperty("flatten", false);
        session.send("Target.setAutoAttach", attach);
    }

    /** Bytes now: the page's as they are, the workers' as they answered last. */
    long bytes() {
        workers.keySet().forEach(this::ask);
        long page = sum(session.send("Runtime.getHeapUsage"));
        return page + workers.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many workers were asked. */
    int workers() {
        return workers.size();
    }

    private void ask(String worker) {
        JsonObject message = new JsonObject();
        message.addProperty("id", ++questions);
        message.addProperty("method", "Runtime.getHeapUsage");
        JsonObject wrapped = new JsonObject();
        wrapped.addProperty("sessionId", worker);
        wrapped.addProperty("message", message.toString());
        session.send("Target.sendMessageToTarget", wrapped);
    }

    private void heard(String worker, String message) {
        JsonObject answer = JsonParser.parseString(message).getAsJsonObject().getAsJsonObject("result");
        if (answer != null && answer.has("usedSize")) {
            workers.put(worker, sum(answer));
        }
    }

    private static long sum(JsonObject usage) {
        long bytes = 0;
        for (String part : new String[] {"usedSize", "embedderHeapUsedSize", "backingStorageSize"}) {
            bytes += usage.get(part).getAsLong();
        }
        return bytes;
    }

    private static String text(JsonObject event, String member) {
        return event.get(member).getAsString();
    }
}
