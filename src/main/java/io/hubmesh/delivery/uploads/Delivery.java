package io.hubmesh.delivery.uploads;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What one request brings of a file.
 *
 * @param offset of the first byte
 * @param length in bytes, or a negative number when the client does not say
 * @param checksum that the bytes must have, if the client says one
 */
public record Delivery(long offset, long length, @Nullable Checksum checksum, InputStream bytes) {}
