package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.Delivery;
import io.hubmesh.delivery.HubEgress;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.FolderLists;
import io.hubmesh.library.Library;
import io.hubmesh.library.Order;
import io.hubmesh.library.Resource;
import io.hubmesh.library.ResourcePage;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blob;
import io.hubmesh.storage.Blobs;
import io.hubmesh.web.Rate;
import io.hubmesh.web.Rated;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * A folder with all below it as one ZIP, written as it is sent: no file and no list of what is in it is made first. Its bytes are
 * not compressed, so that what is counted as egress is what was sent; each entry is checked by its CRC.
 */
@Controller
class ArchiveController {

    /** In bytes; what of a file is in memory at any time. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Library library;
    private final FolderLists lists;
    private final Blobs blobs;
    private final HubEgress egress;
    private final FileSender sender;

    ArchiveController(Library library, FolderLists lists, Blobs blobs, HubEgress egress, FileSender sender) {
        this.library = library;
        this.lists = lists;
        this.blobs = blobs;
        this.egress = egress;
        this.sender = sender;
    }

    /** What may not be read, or is gone by the time that it is reached, is left out. */
    @Rated(Rate.EXPENSIVE)
    @GetMapping("/api/v1/resources/{id}/archive")
    void archive(Subject subject, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Resource folder = library.requireFolder(subject, ResourceId.of(id), Level.READ);
        String name = ArchivePath.step(folder.name());
        response.setContentType("application/zip");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, Disposition.attachment(name + ".zip"));
        FileSender.Right right = new FileSender.Right(subject, folder.id(), Level.READ);
        sender.stream(right, request, response, out -> {
            ZipOutputStream archive = new ZipOutputStream(out, StandardCharsets.UTF_8);
            archive.setLevel(Deflater.NO_COMPRESSION);
            add(subject, folder, name + "/", archive);
            archive.finish();
        });
    }

    private void add(Subject subject, Resource folder, String path, ZipOutputStream archive) throws IOException {
        archive.putNextEntry(entry(path, folder));
        archive.closeEntry();
        String cursor = null;
        do {
            ResourcePage page = page(subject, folder, cursor);
            if (page == null) {
                return;
            }
            for (ResourcePage.Item item : page.items()) {
                Resource child = item.resource();
                String childPath = path + ArchivePath.step(child.name());
                if (child.isFolder()) {
                    add(subject, child, childPath + "/", archive);
                } else {
                    addFile(subject, child, childPath, archive);
                }
            }
            cursor = page.next();
        } while (cursor != null);
    }

    /** Decides anew for each part of each folder; null when the subject may not read it any more. */
    private @Nullable ResourcePage page(Subject subject, Resource folder, @Nullable String cursor) {
        try {
            return lists.children(subject, folder.id(), Order.BY_NAME, cursor, ResourcePage.MOST);
        } catch (ProblemException gone) {
            return null;
        }
    }

    private void addFile(Subject subject, Resource file, String path, ZipOutputStream archive) throws IOException {
        Blob blob = blobs.find(Objects.requireNonNull(file.file()).contentId()).orElse(null);
        if (blob == null || library.readable(subject, List.of(file.id())).isEmpty()) {
            return;
        }
        long sent = 0;
        Delivery delivery = egress.begin(subject, file.id(), blob);
        archive.putNextEntry(entry(path, file));
        try (InputStream bytes = Files.newInputStream(blob.path())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                archive.write(buffer, 0, count);
                sent += count;
            }
        } finally {
            delivery.over(sent);
        }
        archive.closeEntry();
    }

    private static ZipEntry entry(String path, Resource resource) {
        ZipEntry entry = new ZipEntry(path);
        entry.setTime(resource.changedAt().toEpochMilli());
        return entry;
    }
}
