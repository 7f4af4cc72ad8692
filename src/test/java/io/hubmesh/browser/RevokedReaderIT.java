package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.start.HubClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever loses the right to a file loses the links that bring it, while they bring it. */
@ExtendWith(OnStage.class)
class RevokedReaderIT {

    private static final int MIB = 1024 * 1024;
    private static final long SIZE = 24L * MIB;

    /** Bytes a second: so slow that the file is never whole before its reader is out. */
    private static final long SLOW = MIB / 4;

    private final Path folder;

    RevokedReaderIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void everyWayOfTakingTheRightCutsTheLinks(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "taken-away.bin", SIZE));
        Person anna = file.holder(stage.person(Stage.ADMINISTRATOR));
        HubClient administrator = stage.administrator();
        Map<Person, Long> cut = new LinkedHashMap<>();

        String ben = file.member();
        Person without = reader(stage, file, ben);
        done(administrator.json("DELETE", file.grantOf(ben), ""));
        cut.put(without, cutAt(without, anna, file));

        String cleo = granted(stage, file, "cleo");
        Person disabled = reader(stage, file, cleo);
        done(administrator.json("PATCH", "/api/v1/accounts/" + accountOf(administrator, cleo), "{\"enabled\":false}"));
        cut.put(disabled, cutAt(disabled, anna, file));

        Person last = reader(stage, file, granted(stage, file, "dora"));
        done(administrator.json("PATCH", "/api/v1/resources/" + file.resource(), "{\"peerDelivery\":false}"));
        cut.put(last, cutAt(last, anna, file));

        cut.forEach((reader, verified) -> assertThat(
                        reader.peer().transfer(file.resource()).verified())
                .as("verified after the links were cut")
                .isEqualTo(verified));
    }

    private static String granted(Stage stage, Shared file, String like) {
        String name = stage.newMember(like);
        file.grant(stage.administrator(), name);
        return name;
    }

    /** Somebody in the middle of fetching the file from peers. */
    private static Person reader(Stage stage, Shared file, String name) {
        Person reader =
                stage.person(name, stage.address(), Witness.in(stage.browsers().start()));
        reader.joinMesh();
        reader.limitDownload(SLOW);
        reader.openFile(file.name());
        reader.fetchFromPeers();
        Eventually.holds(() ->
                assertThat(reader.peer().transfer(file.resource()).fromPeers()).isPositive());
        return reader;
    }

    private static void done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }

    /** Waits until both ends have no link any more; answers what the reader has verified by then. */
    private static long cutAt(Person reader, Person holder, Shared file) {
        Eventually.holds(() -> {
            assertThat(Witness.connections(reader.page())).isZero();
            assertThat(reader.peer().links()).isZero();
            assertThat(holder.peer().links()).isZero();
        });
        PeerView.TransferView transfer = reader.peer().transfer(file.resource());
        assertThat(transfer.verified()).isLessThan(SIZE);
        return transfer.verified();
    }

    private static String accountOf(HubClient administrator, String name) {
        for (JsonNode account : JsonMapper.shared()
                .readTree(administrator.get("/api/v1/accounts").body())
                .get("items")) {
            if (account.get("name").asString().equals(name)) {
                return account.get("id").asString();
            }
        }
        throw new AssertionError("no account " + name);
    }
}
