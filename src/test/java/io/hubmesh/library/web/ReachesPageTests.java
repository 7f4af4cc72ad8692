package io.hubmesh.library.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Access;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class ReachesPageTests {

    private final HubFixture hub;
    private final Groups groups;
    private final Access access;
    private final HubClient client;

    private Subject member;
    private Group group;
    private Resource folder;
    private Resource file;

    ReachesPageTests(HubFixture hub, Groups groups, Access access, @LocalServerPort int port) {
        this.hub = hub;
        this.groups = groups;
        this.access = access;
        this.client = new HubClient(port);
    }

    @BeforeEach
    void setTheScene() throws Exception {
        member = hub.member();
        group = groups.create(HubFixture.fresh("group"));
        groups.add(group.id(), member.accountId());
        folder = hub.folder();
        file = hub.fileIn(folder, "file.bin", HubFixture.bytes(1));
        access.grant(hub.administrator(), folder.id(), group.id(), Level.WRITE);
        client.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);
    }

    @Test
    void aResourceTellsWhoReachesItAndWhy() throws Exception {
        HttpResponse<String> page = client.get("/resources/" + file.id() + "/access?person=" + member.name());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Who reaches file.bin", member.name(), "By the group " + group.name(), "As an administrator")
                .contains("inherited from", folder.name());
        assertThat(client.get("/resources/" + file.id() + "/access?person=nobody-at-all")
                        .body())
                .contains("There is no account named");
        assertThat(client.get("/resources/" + file.id() + "/access?person="
                                + hub.member().name())
                        .body())
                .contains("does not reach it");
    }

    @Test
    void aPersonsPageTellsWhatTheyReach() throws Exception {
        HttpResponse<String> page = client.get("/administration/people/" + member.accountId() + "/access");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(folder.name(), "By the group " + group.name(), "Write");
        assertThat(client.get("/administration/people/" + hub.member().accountId() + "/access")
                        .body())
                .contains("Nothing has been granted to them");
    }

    @Test
    void theMatrixWalksTheFolders() throws Exception {
        HttpResponse<String> top = client.get("/administration/permissions");
        HttpResponse<String> inside = client.get("/administration/permissions?folder=" + folder.id());

        assertThat(top.statusCode()).isEqualTo(200);
        assertThat(top.body()).contains("Group or person", "Who reaches what in");
        assertThat(inside.statusCode()).isEqualTo(200);
        assertThat(inside.body()).contains("file.bin", group.name(), "(group)", "By the group " + group.name());
        assertThat(client.get("/administration/permissions?folder=" + file.id()).statusCode())
                .isEqualTo(409);
    }

    @Test
    void allOfItIsThereOverRest() throws Exception {
        JsonNode reach = json("/api/v1/resources/" + file.id() + "/reach/" + member.name());
        assertThat(reach.get("level").asString()).isEqualTo("WRITE");
        assertThat(reach.get("by").asString()).isEqualTo("group");
        assertThat(reach.at("/group/id").asString()).isEqualTo(group.id().toString());
        assertThat(reach.at("/on/id").asString()).isEqualTo(folder.id().toString());
        assertThat(json("/api/v1/resources/" + file.id() + "/reach")
                        .get("items")
                        .size())
                .isPositive();
        assertThat(json("/api/v1/matrix?folder=" + folder.id())
                        .at("/columns/items/0/name")
                        .asString())
                .isEqualTo("file.bin");
        assertThat(json("/api/v1/resources/" + file.id() + "/grants")
                        .at("/items/0/kind")
                        .asString())
                .isEqualTo("group");
    }

    private JsonNode json(String path) throws Exception {
        return JsonMapper.shared().readTree(client.get(path).body());
    }
}
