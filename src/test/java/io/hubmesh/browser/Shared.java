package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.start.HubClient;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** A file in the library that a member of its own may read. */
final class Shared {

    /** The folder at the top of the library, in the API. */
    static final String ROOT = "/api/v1/resources/00000000-0000-0000-0000-000000000001";

    private final Path folder;
    private final Path original;
    private final String name;
    private final String member;
    private final String resource;

    /** Uploads a library of some ten megabytes through the API and grants it. */
    Shared(Stage stage, Path folder, String name) {
        this(stage, folder, RealFile.middling(folder, name));
    }

    /** Uploads this file under its own name through the API and grants it; copies are saved in the folder. */
    Shared(Stage stage, Path folder, Path original) {
        this.folder = folder;
        this.original = original;
        name = String.valueOf(original.getFileName());
        HubClient administrator = stage.administrator();
        resource = upload(administrator, original, name);
        member = stage.newMember("member");
        grant(administrator, member);
    }

    /** Lets somebody read it. */
    void grant(HubClient administrator, String account) {
        HttpResponse<String> answer = administrator.json("PUT", grantOf(account), "{\"level\":\"READ\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    /** Where somebody's grant is to be found in the API. */
    String grantOf(String account) {
        return "/api/v1/resources/" + resource + "/grants/" + account;
    }

    static String upload(HubClient client, Path file, String name) {
        try {
            HttpResponse<String> answer = client.change(
                    "POST", ROOT + "/files?name=" + name, "application/java-archive", BodyPublishers.ofFile(file));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return id(answer.body());
        } catch (FileNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The id of what an answer describes. */
    static String id(String body) {
        return JsonMapper.shared().readTree(body).get("id").asString();
    }

    String name() {
        return name;
    }

    String member() {
        return member;
    }

    String resource() {
        return resource;
    }

    String sha256() {
        return RealFile.sha256(original);
    }

    long size() {
        return RealFile.size(original);
    }

    /** Joins the mesh and fetches the file, so that this person's tab holds it. */
    Person holder(Person person) {
        return receiver(person, "holder");
    }

    /** Fetches the file through the mesh, whoever serves it, and checks it. */
    Person receiver(Person person, String savedAs) {
        person.openFile(name);
        Path saved = folder.resolve(savedAs);
        person.saveFromPeers(saved);
        assertThat(RealFile.sha256(saved)).isEqualTo(sha256());
        return person;
    }
}
