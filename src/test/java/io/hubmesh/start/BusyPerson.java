package io.hubmesh.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who uploads, renames, grants and deletes in a folder of their own, and remembers what the hub has acknowledged. */
@SuppressWarnings("NullAway.Init")
final class BusyPerson {

    private static final String ROOT = "00000000-0000-0000-0000-000000000001";
    private static final String RESOURCES = "/api/v1/resources/";
    private static final int LARGEST = 3_000_000;
    private static final int PIECE = 400_000;

    private final Random chance;
    private final String folder;
    private final Map<String, Known> files = new TreeMap<>();
    private TusClient hub;
    private @Nullable Arriving arriving;
    private @Nullable Doubt doubt;
    private int number;
    private int acknowledged;
    private int wentOn;

    /** A file that is there. */
    private record Known(String name, String sha256, boolean granted) {}

    /** An upload that was begun. @param certain how many bytes the hub has said it has */
    private record Arriving(String upload, String name, byte[] bytes, int certain) {}

    /** A change that the hub may have made or not; each answers what is so. */
    private record Doubt(
            @Nullable String file,
            @Nullable Known before,
            @Nullable Known after) {}

    BusyPerson(TusClient hub, int which, long seed) {
        this.hub = hub;
        this.chance = new Random(seed);
        HttpResponse<byte[]> made =
                ask(() -> hub.json("POST", RESOURCES + ROOT + "/folders", "{\"name\":\"busy " + which + "\"}"));
        this.folder = json(made).get("id").asString();
        ask(() -> hub.json(
                "POST",
                "/api/v1/accounts",
                "{\"name\":\"friend" + which
                        + "\",\"displayName\":\"\",\"password\":\"open sesame, please\",\"role\":\"MEMBER\"}"));
        this.friend = "friend" + which;
    }

    private final String friend;

    int acknowledged() {
        return acknowledged;
    }

    int wentOn() {
        return wentOn;
    }

    int files() {
        return files.size();
    }

    void comeBack(TusClient again) {
        hub = again;
    }

    /** Changes one thing after another. A hub that is gone ends it; any other trouble fails. */
    void workUntil(BooleanSupplier killed) {
        try {
            while (!killed.getAsBoolean()) {
                change();
                acknowledged++;
            }
        } catch (IOException | UncheckedIOException gone) {
            if (!killed.getAsBoolean()) {
                throw new IllegalStateException("The hub was gone before it was killed.", gone);
            }
        }
    }

    /** Brings what is on its way to its end. */
    void finish() throws IOException {
        while (arriving != null) {
            upload();
        }
    }

    /** Whether everything is as the hub has said, and nothing else is there. */
    void check() {
        Map<String, JsonNode> there = listed();
        settle(there);
        assertThat(there.keySet()).as("files of folder " + folder).isEqualTo(files.keySet());
        files.forEach((id, known) -> {
            assertThat(name(there, id)).isEqualTo(known.name());
            HttpResponse<byte[]> content = ask(() -> hub.get(RESOURCES + id + "/content"));
            assertThat(sha256(content.body())).isEqualTo(known.sha256());
            assertThat(content.headers().firstValue("ETag")).hasValue('"' + known.sha256() + '"');
            assertThat(isGranted(id)).isEqualTo(known.granted());
        });
        if (arriving != null) {
            assertThat(offset(arriving)).isGreaterThanOrEqualTo(arriving.certain());
        }
    }

    private void change() throws IOException {
        int dice = chance.nextInt(10);
        if (arriving != null || files.size() < 3 || dice < 5) {
            upload();
            return;
        }
        String id = new ArrayList<>(files.keySet()).get(chance.nextInt(files.size()));
        Known before = Objects.requireNonNull(files.get(id));
        if (dice < 7) {
            String name = "renamed " + number++;
            Known after = new Known(name, before.sha256(), before.granted());
            make(id, before, after, () -> hub.json("PATCH", RESOURCES + id, "{\"name\":\"" + name + "\"}"));
        } else if (dice < 9) {
            Known after = new Known(before.name(), before.sha256(), !before.granted());
            String grant = RESOURCES + id + "/grants/" + friend;
            make(id, before, after, () -> hub.json(before.granted() ? "DELETE" : "PUT", grant, "{\"level\":\"READ\"}"));
        } else {
            make(id, before, null, () -> hub.json("DELETE", RESOURCES + id, ""));
        }
    }

    private void make(String id, Known before, @Nullable Known after, Ask ask) throws IOException {
        doubt = new Doubt(id, before, after);
        assertThat(ask.send().statusCode()).isBetween(200, 299);
        doubt = null;
        if (after == null) {
            files.remove(id);
        } else {
            files.put(id, after);
        }
    }

    /** Begins an upload, or brings one or several pieces more; one that was broken off goes on where the hub is. */
    private void upload() throws IOException {
        Arriving now = arriving;
        if (now == null) {
            byte[] bytes = new byte[chance.nextInt(LARGEST)];
            chance.nextBytes(bytes);
            String name = "file " + number++;
            HttpResponse<byte[]> answer = hub.create(folder, name, Math.max(1, bytes.length));
            assertThat(answer.statusCode()).isEqualTo(201);
            byte[] some = bytes.length == 0 ? new byte[1] : bytes;
            arriving = new Arriving(answer.headers().firstValue("Location").orElseThrow(), name, some, 0);
            return;
        }
        int from = offset(now);
        wentOn += from > now.certain() ? 1 : 0;
        if (from == now.bytes().length) {
            arrived(now, hub.head(now.upload()));
            return;
        }
        int to = chance.nextInt(3) == 0 ? now.bytes().length : Math.min(now.bytes().length, from + PIECE);
        HttpResponse<byte[]> answer =
                hub.patch(now.upload(), from, BodyPublishers.ofByteArray(Arrays.copyOfRange(now.bytes(), from, to)));
        assertThat(answer.statusCode()).isEqualTo(204);
        arriving = new Arriving(now.upload(), now.name(), now.bytes(), to);
        if (to == now.bytes().length) {
            arrived(arriving, answer);
        }
    }

    private void arrived(Arriving whole, HttpResponse<byte[]> answer) {
        String id = answer.headers().firstValue("Hubmesh-Resource").orElseThrow();
        files.put(id, new Known(whole.name(), sha256(whole.bytes()), false));
        arriving = null;
    }

    private int offset(Arriving upload) {
        HttpResponse<byte[]> answer = ask(() -> hub.head(upload.upload()));
        assertThat(answer.statusCode()).isEqualTo(200);
        return Integer.parseInt(answer.headers().firstValue("Upload-Offset").orElseThrow());
    }

    /** Finds out what became of the change that was under way, and of the upload: either is right, as long as it is whole. */
    private void settle(Map<String, JsonNode> there) {
        Doubt open = doubt;
        if (open != null && open.file() != null && open.before() != null) {
            boolean made = open.after() == null
                    ? !there.containsKey(open.file())
                    : name(there, open.file()).equals(open.after().name())
                            && isGranted(open.file()) == open.after().granted();
            if (made && open.after() == null) {
                files.remove(open.file());
            } else {
                files.put(open.file(), made ? open.after() : open.before());
            }
            doubt = null;
        }
        Arriving now = arriving;
        if (now != null && offset(now) == now.bytes().length) {
            HttpResponse<byte[]> answer = ask(() -> hub.head(now.upload()));
            arrived(now, answer);
            there.putAll(listed());
        }
    }

    /** All parts of the folder's list, by id. */
    private Map<String, JsonNode> listed() {
        Map<String, JsonNode> there = new TreeMap<>();
        Optional<String> part = Optional.of(RESOURCES + folder + "/children");
        while (part.isPresent()) {
            String path = part.get();
            HttpResponse<byte[]> answer = ask(() -> hub.get(path));
            json(answer).get("items").forEach(item -> there.put(item.get("id").asString(), item));
            part = answer.headers().firstValue("Link").map(link -> link.substring(1, link.indexOf('>')));
        }
        return there;
    }

    private static String name(Map<String, JsonNode> there, String id) {
        return Objects.requireNonNull(there.get(id)).get("name").asString();
    }

    private boolean isGranted(String id) {
        List<String> names = new ArrayList<>();
        json(ask(() -> hub.get(RESOURCES + id + "/grants"))).get("items").forEach(grant -> names.add(grant.toString()));
        return names.stream().anyMatch(grant -> grant.contains("\"" + friend + "\""));
    }

    private interface Ask {
        HttpResponse<byte[]> send() throws IOException;
    }

    private static HttpResponse<byte[]> ask(Ask ask) {
        try {
            return ask.send();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode())
                .as(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                .isBetween(200, 299);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
