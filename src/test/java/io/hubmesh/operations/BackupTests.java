package io.hubmesh.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.storage.Shelves;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup folder by itself; a whole hub is backed up and restored in {@code BackupIT}. */
class BackupTests {

    private static final Instant NOW = Instant.parse("2026-03-01T03:00:00Z");
    private static final ContentId FIRST = new ContentId("a".repeat(64));
    private static final ContentId SECOND = new ContentId("b".repeat(64));

    private final Path root;
    private final BackupFolder folder;

    BackupTests(@TempDir Path root) {
        this.root = root;
        this.folder = new BackupFolder(root.resolve("backups"));
    }

    @Test
    void oneInTheMakingIsNoneAndGoesWithTheNext() throws IOException {
        Path left = folder.begin(NOW);
        Files.writeString(left.resolve("database.zip"), "half");
        assertThat(folder.all()).isEmpty();
        folder.begin(NOW.plusSeconds(1));
        assertThat(left).doesNotExist();
    }

    @Test
    void theOldestGoesAndTakesWhatNobodyElseNeeds() throws IOException {
        hold(FIRST);
        hold(SECOND);
        make(NOW, Set.of(FIRST));
        make(NOW.plusSeconds(60), Set.of(SECOND));
        folder.keepNewest(1);
        assertThat(folder.all()).extracting(Backup::madeAt).containsExactly(NOW.plusSeconds(60));
        assertThat(folder.shelves().holds(FIRST)).isFalse();
        assertThat(folder.shelves().holds(SECOND)).isTrue();
    }

    @Test
    void whatIsDamagedOrMissingInABackupIsLeftOutAndTold() throws IOException {
        hold(FIRST); // its bytes are not what its name says
        String name = make(NOW, Set.of(FIRST, SECOND));
        Restore.Outcome outcome = Restore.run(root.resolve("backups").resolve(name), root.resolve("data"));
        assertThat(outcome.damaged()).containsExactly(FIRST, SECOND);
        assertThat(outcome.contents()).isZero();
        assertThat(new Shelves(root.resolve("data/blobs")).holds(FIRST)).isFalse();
        assertThat(root.resolve("data/db/hubmesh.mv.db")).hasContent("rows");
    }

    @Test
    void aDataFolderInUseAndAFolderThatIsNoBackupAreRefused() throws IOException {
        Path backup = root.resolve("backups").resolve(make(NOW, Set.of()));
        Path data = root.resolve("data");
        Restore.run(backup, data);
        assertThatThrownBy(() -> Restore.run(backup, data)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> Restore.run(root, root.resolve("other"))).isInstanceOf(NoSuchFileException.class);
    }

    private String make(Instant at, Set<ContentId> contents) throws IOException {
        Path place = folder.begin(at);
        try (OutputStream bytes = Files.newOutputStream(place.resolve(BackupFolder.DATABASE));
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../../hubmesh.mv.db"));
            zip.write("rows".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return folder.finish(place, contents);
    }

    private void hold(ContentId content) throws IOException {
        Path shelf = Files.createDirectories(
                root.resolve("backups/blobs").resolve(content.hex().substring(0, 2)));
        Files.writeString(shelf.resolve(content.hex()), "something else");
        Files.writeString(shelf.resolve(content.hex() + ".manifest"), "no manifest");
    }
}
