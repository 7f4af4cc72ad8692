package io.hubmesh.operations;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator says about backups and checks.
 *
 * @param data the folder that holds everything the hub keeps ({@code HUBMESH_DATA})
 * @param backups where backups go ({@code HUBMESH_BACKUPS}); {@code backups} in the data folder when nothing is said
 * @param backupsKept how many are kept ({@code HUBMESH_BACKUPS_KEPT})
 * @param scrubMibPerSecond how fast contents are read again to be checked ({@code HUBMESH_SCRUB_MIB_PER_SECOND})
 */
@ConfigurationProperties("hubmesh")
record OperationsSettings(
        Path data,
        @Nullable Path backups,
        @DefaultValue("7") int backupsKept,
        @DefaultValue("50") int scrubMibPerSecond) {

    Path backupFolder() {
        return backups == null ? data.resolve("backups") : backups.toAbsolutePath();
    }

    Path blobFolder() {
        return data.resolve("blobs");
    }
}
