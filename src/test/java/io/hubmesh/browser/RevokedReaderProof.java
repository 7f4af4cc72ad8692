package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.start.HubClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How long a reader whose grant was taken away still has links, and still gains verified bytes. */
@ExtendWith(OnStage.class)
@Timeout(value = 1, unit = TimeUnit.HOURS)
class RevokedReaderProof {

    private static final int TRIALS = 24;
    private static final int MIB = 1024 * 1024;
    private static final long SIZE = 128L * MIB;
    private static final long BYTES_PER_SECOND = 2L * MIB;

    /** The bound on 95 of 100 revocations, in milliseconds from the request. */
    private static final double MOST_MILLIS = 2_000;

    /** Notes when the peer's view last showed more verified bytes (at most 250 ms late), and when the last connection ended. */
    private static final String RECORD = """
            () => {
              const account = document.querySelector('meta[name="account"]').content;
              const channel = new BroadcastChannel(`hubmesh-peer.${account}`);
              window.record = { verified: 0, verifiedAt: 0, cutAt: 0 };
              channel.onmessage = ({ data }) => {
                if (data.type !== "view") return;
                const all = data.view.transfers.map(({ held, fromHub, fromPeers }) => held + fromHub + fromPeers);
                const verified = Math.max(0, ...all);
                if (verified > record.verified) Object.assign(record, { verified, verifiedAt: Date.now() });
              };
              channel.postMessage({ type: "who" });
              setInterval(() => {
                const open = wire.connections.some(each => each.connectionState !== "closed");
                if (open) record.cutAt = 0;
                else if (record.cutAt === 0) record.cutAt = Date.now();
              }, 10);
            }
            """;

    private final Path folder;

    RevokedReaderProof(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void linksAreCutAndNothingMoreIsVerified(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "revoked.bin", SIZE));
        file.holder(stage.person(Stage.ADMINISTRATOR));
        String ben = file.member();
        Person reader =
                stage.person(ben, stage.address(), Witness.in(stage.browsers().start()));
        reader.joinMesh();
        reader.limitDownload(BYTES_PER_SECOND);
        reader.page().evaluate(RECORD);
        HubClient administrator = stage.administrator();
        Figures figures = new Figures(getClass());
        List<Double> cuts = new ArrayList<>();
        List<Double> lastBytes = new ArrayList<>();
        for (int trial = 1; trial <= TRIALS; trial++) {
            file.grant(administrator, ben);
            fetching(reader, file);
            long asked = now(reader);
            administrator.json("DELETE", file.grantOf(ben), "");
            Eventually.holds(() ->
                    assertThat(reader.peer().transfer(file.resource()).state()).isEqualTo("failed"));
            Eventually.holds(
                    () -> assertThat(record(reader).get("cutAt").asLong()).isPositive());
            JsonNode record = record(reader);
            cuts.add((double) record.get("cutAt").asLong() - asked);
            lastBytes.add((double) record.get("verifiedAt").asLong() - asked);
            figures.note(
                    "trial %d: links cut %.0f ms, last verified byte %.0f ms after the right was asked away",
                    trial, cuts.get(trial - 1), lastBytes.get(trial - 1));
        }
        long verified = record(reader).get("verified").asLong();
        figures.note(
                "p95 of %d: links %.0f ms, verified bytes %.0f ms",
                TRIALS, Figures.quantile(cuts, 0.95), Figures.quantile(lastBytes, 0.95));
        assertThat(verified).isLessThan(SIZE);
        assertThat(Figures.quantile(cuts, 0.95)).isLessThanOrEqualTo(MOST_MILLIS);
        assertThat(Figures.quantile(lastBytes, 0.95)).isLessThanOrEqualTo(MOST_MILLIS);
    }

    private static void fetching(Person reader, Shared file) {
        long before = record(reader).get("verified").asLong();
        reader.openFile(file.name());
        reader.fetchFromPeers();
        Eventually.holds(
                () -> assertThat(record(reader).get("verified").asLong()).isGreaterThan(before + MIB));
        assertThat(reader.peer().transfer(file.resource()).state()).isEqualTo("running");
    }

    /** By the clock of the reader's browser, which writes the record as well. In milliseconds since 1970. */
    private static long now(Person reader) {
        return ((Number) reader.page().evaluate("() => Date.now()")).longValue();
    }

    private static JsonNode record(Person reader) {
        return JsonMapper.shared().readTree((String) reader.page().evaluate("() => JSON.stringify(record)"));
    }
}
