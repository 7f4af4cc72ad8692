package io.hubmesh.storage;

import io.hubmesh.kernel.ContentId;
import java.nio.file.Path;

/**
 * The bytes of a content, as the hub keeps them.
 *
 * @param size in bytes
 * @param sha256 of the whole, lower-case hexadecimal
 * @param path the file that holds exactly these bytes; never written to again
 */
public record Blob(ContentId contentId, long size, String sha256, Path path) {}
