package io.hubmesh.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way into a socket. It copies through a buffer that all of them share, which is quicker than the kernel's sendfile as Java calls it: that
 * one cannot hold back the rest of 64 KiB that does not fill a segment ({@code TCP_CORK} of tcp(7)), and so sends twice as many. Where another one
 * has the buffer, it is sendfile after all. See {@code src/docs/decisions}.
 *
 * <p>Opened when first asked for bytes. It does nothing but {@link #transferTo} and {@link #size}.
 */
final class SentFile extends FileChannel {

    /** With half of it the same machine takes a third longer to fetch a large file, with twice as much no less. In bytes. */
    private static final int BUFFER_BYTES = 512 * 1024;

    /** After so much it is another connection's turn. In bytes. */
    private static final long TURN = 2L * BUFFER_BYTES;

    /** Told once, when it is closed. */
    interface Ended {
        void with(boolean whole);
    }

    private final Path path;
    private final Ended ended;
    private final AtomicReference<@Nullable ByteBuffer> shared;
    private @Nullable FileChannel opened;

    /** Bytes that are still to go. */
    private long left;

    /**
     * @param length how many bytes of it are to go
     * @param shared whose buffer it borrows, if it is there
     * @param ended told whether all of them have gone
     */
    SentFile(Path path, long length, AtomicReference<@Nullable ByteBuffer> shared, Ended ended) {
        this.path = path;
        this.left = length;
        this.shared = shared;
        this.ended = ended;
    }

    /** The buffer for all files of an endpoint: one thread sends nearly all of them. */
    static AtomicReference<@Nullable ByteBuffer> buffer() {
        return new AtomicReference<>(ByteBuffer.allocateDirect(BUFFER_BYTES));
    }

    /**
     * Hands over as much as the target takes without waiting, up to one turn.
     *
     * @return how many bytes that was
     */
    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        long sent = send(open(), position, Math.min(count, TURN), target);
        left -= sent;
        return sent;
    }

    private long send(FileChannel file, long position, long count, WritableByteChannel target) throws IOException {
        ByteBuffer buffer = shared.getAndSet(null);
        if (buffer == null) {
            return file.transferTo(position, count, target);
        }
        try {
            return copy(file, buffer, position, count, target);
        } finally {
            shared.set(buffer);
        }
    }

    private static long copy(FileChannel file, ByteBuffer buffer, long position, long count, WritableByteChannel target)
            throws IOException {
        long sent = 0;
        while (sent < count) {
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, count - sent));
            if (file.read(buffer, position + sent) <= 0) {
                break;
            }
            buffer.flip();
            while (buffer.hasRemaining() && target.write(buffer) > 0) { // a TLS socket takes a record at a time
            }
            sent += buffer.position();
            if (buffer.hasRemaining()) {
                break;
            }
        }
        return sent;
    }

    @Override
    public long size() throws IOException {
        return open().size();
    }

    @Override
    protected synchronized void implCloseChannel() throws IOException {
        if (opened != null) {
            opened.close();
        }
        ended.with(left <= 0);
    }

    private synchronized FileChannel open() throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        if (opened == null) {
            opened = FileChannel.open(path, StandardOpenOption.READ);
        }
        return opened;
    }

    @Override
    public int read(ByteBuffer to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer to, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void force(boolean metaData) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean together) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean together) {
        throw new UnsupportedOperationException();
    }
}
