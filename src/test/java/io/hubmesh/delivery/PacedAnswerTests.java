package io.hubmesh.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.storage.Blob;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacedAnswerTests {

    private static final Blob CONTENT = new Blob(new ContentId("0".repeat(64)), 0, "", Path.of("nowhere"));

    private final EgressPacer pacer = new EgressPacer();
    private final AsyncContext context = mock();
    private final ReentrantLock connection = new ReentrantLock();
    private final AtomicBoolean completed = new AtomicBoolean();

    /** Of an answer: bytes are being written, and go on being so until the test says otherwise. */
    private final SlowOutput out = new SlowOutput();

    @AfterEach
    void rest() {
        pacer.destroy();
    }

    /** Once it has done with it, the container uses its parts for the next request: what was written then spoilt somebody else's answer. */
    @Test
    void theContainerDoesNothingForTheConnectionWhileItIsBeingWrittenTo() throws Exception {
        doAnswer(call -> {
                    completed.set(true);
                    return null;
                })
                .when(context)
                .complete();
        HubEgress.Order order = new HubEgress.Order(
                new AccountId(new UUID(0, 1)),
                new Body(CONTENT).words("some words"),
                null,
                () -> {},
                (bytes, whole) -> {});
        PacedAnswer answer = new PacedAnswer(context, out, order, pacer, connection);
        answer.onWritePossible();
        assertThat(out.writing.await(60, TimeUnit.SECONDS)).isTrue();

        Thread container = start(() -> {
            connection.lock(); // as it does whenever something has happened to a connection
            answer.onError(new IOException("the client has gone"));
            connection.unlock();
        });
        while (container.isAlive() && !connection.hasQueuedThread(container)) {
            Thread.onSpinWait();
        }

        assertThat(completed).isFalse();
        out.goOn.countDown();
        container.join();
        assertThat(completed).isTrue();
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static final class SlowOutput extends ServletOutputStream {

        private final CountDownLatch writing = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            writing.countDown();
            try {
                goOn.await();
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
        }

        @Override
        public void write(int one) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
