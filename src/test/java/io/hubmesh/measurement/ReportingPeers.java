package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.library.Resource;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.events.ReportListener;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.UploadReported;
import io.hubmesh.mesh.wire.FromPeer;
import io.hubmesh.mesh.wire.MessageReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;

/** Peers that tell the hub of transfers which go on at a steady rate; a tenth comes from the hub, and who is done begins another. */
final class ReportingPeers {

    /** Of each transfer, in bytes a second: ten of them fill a downlink of 10 Mbit/s. */
    static final int RATE = 125_000;

    /** Round a message: a masked frame (8), a TLS 1.3 record (22), TCP with a timestamp over IPv4 (52). In bytes. */
    static final int FRAMES = 8 + 22 + 52;

    /** In bytes: five minutes. */
    private static final long SIZE = 300L * RATE;

    private static final int FROM_THE_HUB = RATE / 10;

    /** Of a content of that size, in bytes. */
    private static final int CHUNK = 128 * 1024;

    private static final int SECOND = 1_000;

    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final List<Resource> files;
    private final List<ReportListener> listeners;
    private final List<AccountId> members = new ArrayList<>();
    private final List<PeerId> peers = new ArrayList<>();
    private final List<Download> downloads = new ArrayList<>();
    private final Random random = new Random(11);

    ReportingPeers(ConfigurableApplicationContext hub, List<Resource> files, int peers, int transfers) {
        this.events = hub;
        this.clock = hub.getBean(Clock.class);
        this.listeners =
                hub.getBeanProvider(ReportListener.class).orderedStream().toList();
        this.files = files;
        for (int peer = 0; peer < peers; peer++) {
            members.add(new AccountId(new UUID(7, peer)));
            this.peers.add(new PeerId(String.format(Locale.ROOT, "%022d", peer)));
        }
        for (int transfer = 0; transfer < transfers; transfer++) {
            Download download = new Download(transfer);
            download.seconds = random.nextInt((int) (SIZE / RATE));
            downloads.add(download);
        }
    }

    /**
     * One turn.
     *
     * @param turns in which everybody is heard once
     * @param heard whether the hub reads what is told
     */
    void tell(int turn, int turns, boolean heard) {
        for (int next = turn % turns; next < downloads.size(); next += turns) {
            Download download = downloads.get(next);
            String text = download.advance();
            if (heard) {
                hear(download, text);
            }
        }
    }

    /** A message as it goes over the wire. */
    String example() {
        return downloads.get(0).text();
    }

    /** What a conversation with a peer does with a report, and the hub with a chunk that it has sent. */
    private void hear(Download download, String text) {
        FromPeer.Report report = (FromPeer.Report) MessageReader.read(text);
        Instant now = clock.instant();
        AccountId member = members.get(download.number % members.size());
        if (download.hasNewChunk()) {
            events.publishEvent(new LeaseServed(member, report.resource(), report.content(), CHUNK, now));
        }
        UploadReported upload = new UploadReported(member, "AB", report.content(), report.served(), now);
        Long firstByte = report.firstByteMillis();
        TransferReported transfer = new TransferReported(
                member,
                peers.get(download.number % peers.size()),
                report.resource(),
                report.content(),
                report.transfer(),
                report.model(),
                report.state(),
                report.size(),
                report.held(),
                report.fromHub(),
                report.fromPeers(),
                report.relayed(),
                report.wasted(),
                now.minusMillis(report.startedMillisAgo()),
                firstByte == null ? null : Duration.ofMillis(firstByte),
                now);
        for (ReportListener listener : listeners) {
            listener.reported(upload);
            listener.reported(transfer);
        }
    }

    /** One transfer after another of one peer. */
    private final class Download {

        private final int number;
        private int round;
        private int seconds;

        Download(int number) {
            this.number = number;
        }

        String advance() {
            if (seconds * (long) RATE >= SIZE) {
                round++;
                seconds = 0;
            }
            seconds++;
            return text();
        }

        boolean hasNewChunk() {
            return seconds * FROM_THE_HUB / CHUNK > (seconds - 1) * FROM_THE_HUB / CHUNK;
        }

        String text() {
            Resource file = files.get((number + round) % files.size());
            ContentId content = Objects.requireNonNull(file.file()).contentId();
            long had = Math.min(SIZE, seconds * (long) RATE);
            long hub = Math.min(had, seconds * (long) FROM_THE_HUB);
            return "{\"type\":\"report\",\"content\":\"" + content.hex() + "\",\"resource\":\"" + file.id()
                    + "\",\"transfer\":\"" + String.format(Locale.ROOT, "%011d%011d", number, round)
                    + "\",\"model\":\"automatic\",\"state\":\"" + (had == SIZE ? "completed" : "running")
                    + "\",\"size\":" + SIZE + ",\"held\":0,\"fromHub\":" + hub + ",\"fromPeers\":" + (had - hub)
                    + ",\"relayed\":0,\"wasted\":0,\"startedMillisAgo\":" + seconds * SECOND
                    + ",\"firstByteMillis\":412,\"served\":" + had / 2 + "}";
        }
    }
}
