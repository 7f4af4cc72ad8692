package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Subject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ListsInPartsTests {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final HubFixture hub;
    private final Groups groups;
    private final HubClient client;

    ListsInPartsTests(HubFixture hub, Groups groups, @LocalServerPort int port) {
        this.hub = hub;
        this.groups = groups;
        this.client = new HubClient(port);
    }

    @Test
    void accountsGroupsAndMembersAreToldInPartsThatMakeTheWhole() throws Exception {
        List<Subject> members = List.of(hub.member(), hub.member(), hub.member());
        List<Group> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(groups.create(HubFixture.fresh("Group").substring(0, 40)));
        }
        members.forEach(member -> groups.add(made.get(0).id(), member.accountId()));
        client.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);

        String[] accounts =
                members.stream().map(member -> member.accountId().toString()).toArray(String[]::new);
        assertThat(follow("/api/v1/accounts?limit=50")).doesNotHaveDuplicates().contains(accounts);
        assertThat(follow("/api/v1/accounts?limit=1&find=" + members.get(1).name()))
                .containsExactly(accounts[1]);
        assertThat(follow("/api/v1/groups?limit=2"))
                .doesNotHaveDuplicates()
                .contains(made.stream().map(group -> group.id().toString()).toArray(String[]::new));
        String inGroup = "/api/v1/groups/" + made.get(0).id() + "/members";
        assertThat(follow(inGroup + "?limit=1")).containsExactlyInAnyOrder(accounts);
        assertThat(client.get(inGroup + "?cursor=!!").statusCode()).isEqualTo(400);
    }

    private List<String> follow(String path) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String next = path; !next.isEmpty(); ) {
            HttpResponse<String> answer = client.get(next);
            for (JsonNode item : new JsonMapper().readTree(answer.body()).path("items")) {
                ids.add(item.path("id").asString(""));
            }
            Matcher link = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
            next = link.matches() ? link.group(1) : "";
        }
        return ids;
    }
}
