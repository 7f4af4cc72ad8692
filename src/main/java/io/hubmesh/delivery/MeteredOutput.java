package io.hubmesh.delivery;

import io.hubmesh.delivery.EgressMeter.Turn;
import io.hubmesh.kernel.AccountId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * Where the bytes of an answer go that a thread of its own writes: each slice waits for its turn while there are limits, those that came after the answer
 * began too.
 */
final class MeteredOutput extends OutputStream {

    private final OutputStream out;
    private final AccountId account;
    private final Runnable stands;
    private final EgressBook book;
    private final EgressPacer pacer;

    /** @param stands throws when it must end; asked before each slice */
    MeteredOutput(OutputStream out, AccountId account, Runnable stands, EgressBook book, EgressPacer pacer) {
        this.out = out;
        this.account = account;
        this.stands = stands;
        this.book = book;
        this.pacer = pacer;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int next = offset;
        int end = offset + length;
        while (next < end) {
            int slice = slice(end - next);
            stands.run();
            out.write(bytes, next, slice);
            next += slice;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** How many bytes may be sent now. */
    private int slice(int wanted) {
        int most = Math.min(wanted, EgressMeter.SLICE);
        if (!book.now().isLimited()) {
            return most;
        }
        CompletableFuture<Integer> given = new CompletableFuture<>();
        pacer.ask(new Turn(account, most, null, given::complete));
        return given.join();
    }
}
