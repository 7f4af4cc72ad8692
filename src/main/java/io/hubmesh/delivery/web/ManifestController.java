package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Manifest;
import java.util.Base64;
import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a peer checks a content's chunks against. */
@RestController
class ManifestController {

    private final Library library;
    private final Blobs blobs;

    ManifestController(Library library, Blobs blobs) {
        this.library = library;
        this.blobs = blobs;
    }

    /** @param leaves the SHA-256 leaves one after the other, base64url without padding */
    record ManifestView(String contentId, long size, int chunkSize, String sha256, String leaves) {}

    @GetMapping("/api/v1/resources/{id}/manifest")
    ManifestView manifest(Subject subject, @PathVariable String id) {
        Resource file = library.readFile(subject, ResourceId.of(id));
        Manifest manifest = blobs.manifest(Objects.requireNonNull(file.file()).contentId());
        return new ManifestView(
                manifest.contentId().hex(),
                manifest.size(),
                manifest.chunkSize(),
                manifest.sha256(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(manifest.leaves()));
    }
}
