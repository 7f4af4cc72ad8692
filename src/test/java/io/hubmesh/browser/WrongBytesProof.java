package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.WebSocketFrame;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A peer that sends wrong bytes among honest ones is found out every time. */
@ExtendWith(OnStage.class)
@Timeout(value = 1, unit = TimeUnit.HOURS)
class WrongBytesProof {

    private static final int ROUNDS = 12;
    private static final int MIB = 1024 * 1024;
    private static final long SIZE = 12L * MIB;
    private static final long BYTES_PER_SECOND = 4L * MIB;

    /** Wrong chunks after which the sender is dropped (protocol), of 64 KiB each in a file of this size. */
    private static final long TWO_CHUNKS = 2L * 64 * 1024;

    /** Turns one bit, anywhere, of every piece that the tab sends (byte 0 of a frame says what it is). */
    private static final String LIAR = """
            const honest = RTCDataChannel.prototype.send;
            RTCDataChannel.prototype.send = function (data) {
              const bytes = data instanceof ArrayBuffer ? new Uint8Array(data)
                : ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : undefined;
              if (bytes === undefined || bytes[0] !== 0x10) return honest.call(this, data);
              const lie = bytes.slice();
              lie[9 + Math.floor(Math.random() * (lie.length - 9))] ^= 1 << Math.floor(Math.random() * 8);
              return honest.call(this, lie);
            };
            """;

    private final Path folder;

    WrongBytesProof(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void everyLieIsFoundOutAndItsTellerDropped(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "lied-about.bin", SIZE));
        file.holder(stage.person(Stage.ADMINISTRATOR));
        String cleo = stage.newMember("cleo");
        file.grant(stage.administrator(), cleo);
        BrowserContext hostile = stage.browsers().start();
        hostile.addInitScript(LIAR);
        String liar = file.receiver(stage.person(cleo, stage.address(), hostile), "liar")
                .peer()
                .id();
        Person ben = stage.person(file.member());
        List<String> said = new CopyOnWriteArrayList<>();
        ben.page().onWebSocket(socket -> socket.onFrameSent((WebSocketFrame frame) -> said.add(frame.text())));
        ben.joinMesh();
        ben.limitDownload(BYTES_PER_SECOND);
        ben.openFile(file.name());
        Figures figures = new Figures(getClass());
        for (int round = 1; round <= ROUNDS; round++) {
            said.clear();
            ben.page().reload();
            Path saved = folder.resolve("ben-" + round);
            ben.saveFromPeers(saved);
            assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
            PeerView.TransferView transfer = ben.peer().transfer(file.resource());
            figures.note(
                    "round %d: %d bytes wasted, %d verified of the liar's",
                    round, transfer.wasted(), transfer.from(liar));
            assertThat(transfer.wasted()).as("wasted in round " + round).isGreaterThanOrEqualTo(TWO_CHUNKS);
            assertThat(transfer.from(liar)).isZero();
            assertThat(transfer.fromHub() + transfer.fromPeers()).isEqualTo(SIZE);
            assertThat(said)
                    .anyMatch(message ->
                            message.contains("\"lost\"") && message.contains("wrong-chunk") && message.contains(liar));
            ben.button("Stop keeping it").click();
        }
    }
}
