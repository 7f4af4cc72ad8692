package io.hubmesh.delivery;

import io.hubmesh.storage.Blob;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What an answer brings: parts of one file, and words between them. To be read once, from its beginning to its end. */
public final class Body implements AutoCloseable {

    private final Path file;
    private final @Nullable ByteBuffer memory;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private @Nullable FileChannel channel;
    private long length;
    private long fromFile;

    /** @param words to be sent as they are; null for bytes of the file */
    private record Piece(byte @Nullable [] words, long start, long length) {}

    public Body(Blob blob) {
        this.file = blob.path();
        this.memory = blob.memory();
    }

    public Body words(String ascii) {
        byte[] words = ascii.getBytes(StandardCharsets.US_ASCII);
        return add(new Piece(words, 0, words.length));
    }

    /** Bytes of the file from there on. */
    public Body bytes(long start, long count) {
        return add(new Piece(null, start, count));
    }

    /** In bytes, as it was before anything was read. */
    public long length() {
        return length;
    }

    /** How many bytes of the file have been read. */
    long fromFile() {
        return fromFile;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    Path file() {
        return file;
    }

    /** Where its bytes begin in the file, when it is nothing but bytes that follow each other; else a negative number. */
    long onlyStart() {
        Piece first = pieces.peek();
        return first != null && pieces.size() == 1 && first.words() == null ? first.start() : -1;
    }

    /** Fills the buffer as far as this piece goes. @return how many bytes, at least one unless it {@link #isEmpty} */
    int read(byte[] into, int most) throws IOException {
        Piece piece = pieces.poll();
        if (piece == null) {
            return 0;
        }
        int wanted = (int) Math.min(Math.min(most, into.length), piece.length());
        int count;
        if (piece.words() != null) {
            System.arraycopy(piece.words(), (int) piece.start(), into, 0, wanted);
            count = wanted;
        } else {
            count = fromContent(piece.start(), into, wanted);
            fromFile += count;
        }
        if (count < piece.length()) {
            pieces.addFirst(new Piece(piece.words(), piece.start() + count, piece.length() - count));
        }
        return count;
    }

    private int fromContent(long start, byte[] into, int wanted) throws IOException {
        if (memory != null) {
            memory.get((int) start, into, 0, wanted);
            return wanted;
        }
        int count = open().read(ByteBuffer.wrap(into, 0, wanted), start);
        if (count <= 0) {
            throw new EOFException(file + " is shorter than it was when it was stored");
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private FileChannel open() throws IOException {
        FileChannel known = channel;
        if (known == null) {
            known = FileChannel.open(file, StandardOpenOption.READ);
            channel = known;
        }
        return known;
    }

    private Body add(Piece piece) {
        if (piece.length() > 0) {
            pieces.add(piece);
            length += piece.length();
        }
        return this;
    }
}
