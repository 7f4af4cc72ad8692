package io.hubmesh;

import io.hubmesh.EndpointTable.Caller;
import io.hubmesh.EndpointTable.Line;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Sessions;
import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.uploads.Uploads;
import io.hubmesh.library.Access;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Trash;
import io.hubmesh.permissions.Level;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of {@link EndpointTable} are about: for each caller a folder on which they have what they are called, and for each call, as far as its
 * line names them, a file in it with two versions ({@code $file}, its {@code $content}, the {@code $beginning} of its name), another one that is in the
 * trash ({@code $deleted}), a {@code $group}; somebody else ({@code $other}, {@code $otherId}) with a session, a token and an upload; {@code $new}, a name
 * that is free, and {@code $none}, an id of nothing.
 */
final class EndpointScene {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern NAMED = Pattern.compile("\\$([A-Za-z]+)");

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final Groups groups;
    private final Access access;
    private final Uploads uploads;
    private final Sessions sessions;
    private final Trash trash;

    /** Made once, because passwords are hashed slowly on purpose. */
    private final Map<Caller, Asker> askers = new EnumMap<>(Caller.class);

    private @Nullable Subject other;
    private @Nullable String session;

    private record Asker(Subject subject, String secret, Resource folder) {}

    EndpointScene(
            HubFixture hub,
            AccessTokens tokens,
            Groups groups,
            Access access,
            Uploads uploads,
            Sessions sessions,
            Trash trash) {
        this.hub = hub;
        this.tokens = tokens;
        this.groups = groups;
        this.access = access;
        this.uploads = uploads;
        this.sessions = sessions;
        this.trash = trash;
    }

    /** @param port of the hub, for the session of somebody else */
    Call call(Caller caller, int port) {
        return new Call(asker(caller), port);
    }

    private Asker asker(Caller caller) {
        return askers.computeIfAbsent(caller, each -> {
            Subject subject = each == Caller.ADMINISTRATOR ? hub.anotherAdministrator() : hub.member();
            Resource folder = hub.folder();
            if (List.of(Caller.READ, Caller.WRITE, Caller.MANAGE).contains(each)) {
                hub.grant(subject, folder, Level.valueOf(each.name()));
            }
            hub.grant(other(), folder, Level.WRITE);
            return new Asker(subject, tokens.create(subject, "walk").secret(), folder);
        });
    }

    private Subject other() {
        if (other == null) {
            other = hub.member();
        }
        return other;
    }

    /** Of somebody whom nothing else is done to. */
    private String session(int port) {
        if (session == null) {
            Subject victim = hub.member();
            try {
                new HubClient(port).signIn(victim.name(), HubFixture.PASSWORD);
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
            session = sessions.of(victim.accountId()).get(0).id().toString();
        }
        return session;
    }

    /** What there is for one call. */
    final class Call {

        private final Asker asker;
        private final int port;
        private final Map<String, String> named = new HashMap<>();
        private @Nullable Resource file;

        private Call(Asker asker, int port) {
            this.asker = asker;
            this.port = port;
        }

        /** The token of whoever asks. */
        String secret() {
            return asker.secret();
        }

        /** What the line asks for, without a word on who asks. */
        HttpRequest.Builder request(Line line, HubClient client) {
            String path = fill(line.request());
            String body = fill(line.body());
            HttpRequest.Builder request = client.request(path)
                    .timeout(PATIENCE)
                    .header("Content-Type", typeOf(path, body))
                    .method(
                            line.method().equals("ANY") ? "GET" : line.method(),
                            body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            if (path.startsWith("/api/v1/uploads")) {
                request.header("Tus-Resumable", "1.0.0")
                        .header("Upload-Offset", "0")
                        .header("X-HTTP-Method-Override", "PATCH");
            }
            return request;
        }

        private static String typeOf(String path, String body) {
            if (path.startsWith("/api/v1/accounts/import")) {
                return "text/csv";
            }
            if (body.equals("bytes")) {
                return "application/offset+octet-stream";
            }
            return path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
        }

        private String fill(String text) {
            Matcher names = NAMED.matcher(text);
            StringBuilder filled = new StringBuilder();
            while (names.find()) {
                String name = names.group(1);
                String known = named.get(name);
                if (known == null) {
                    known = value(name);
                    named.put(name, known);
                }
                names.appendReplacement(filled, Matcher.quoteReplacement(known));
            }
            return names.appendTail(filled).toString();
        }

        /** What nobody is told who may not read it: names in the folder, its own, and the content's. */
        List<String> secrets() {
            fill("$deleted");
            return List.of(asker.folder().name(), file().name(), fill("$content"));
        }

        private Resource file() {
            if (file == null) {
                String name = HubFixture.fresh("secret") + ".txt";
                hub.fileIn(asker.folder(), name, "text/plain", "one".getBytes(StandardCharsets.UTF_8));
                file = hub.versionIn(asker.folder(), name, "text/plain", name.getBytes(StandardCharsets.UTF_8));
                hub.grant(other(), file, Level.READ);
            }
            return file;
        }

        private String value(String name) {
            return switch (name) {
                case "file" -> file().id().toString();
                case "content" ->
                    Objects.requireNonNull(file().file()).contentId().hex();
                case "beginning" -> file().name().substring(0, "secret-01234567".length());
                case "folder" -> asker.folder().id().toString();
                case "deleted" -> deleted();
                case "group" -> group();
                case "other" -> other().name();
                case "otherId" -> other().accountId().toString();
                case "otherToken" ->
                    tokens.create(other(), "theirs").token().id().toString();
                case "otherUpload" -> upload();
                case "otherSession" -> session(port);
                case "new" -> HubFixture.fresh("new");
                case "none" -> UUID.randomUUID().toString();
                default -> throw new IllegalStateException("The table names $" + name + ", which is nothing");
            };
        }

        private String deleted() {
            Resource gone = hub.fileIn(asker.folder(), HubFixture.fresh("gone"), HubFixture.bytes(10));
            trash.delete(hub.administrator(), gone.id(), Expected.ANY);
            return gone.id().toString();
        }

        private String group() {
            Group group = groups.create(HubFixture.fresh("group"));
            groups.add(group.id(), other().accountId());
            access.grant(hub.administrator(), file().id(), group.id(), Level.READ);
            return group.id().toString();
        }

        private String upload() {
            Uploads.Wish half = new Uploads.Wish(asker.folder().id(), HubFixture.fresh("half"), "text/plain", 10);
            return uploads.create(other(), half).upload().id().toString();
        }
    }
}
