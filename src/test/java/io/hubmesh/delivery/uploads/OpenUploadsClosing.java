package io.hubmesh.delivery.uploads;

import org.springframework.boot.test.context.TestComponent;

/** Closes the files of all uploads, as when they have been idle or the hub starts again. */
@TestComponent
public class OpenUploadsClosing {

    private final OpenUploads uploads;

    OpenUploadsClosing(OpenUploads uploads) {
        this.uploads = uploads;
    }

    public void closeAll() {
        uploads.closeUnused(java.time.Instant.MAX);
    }
}
