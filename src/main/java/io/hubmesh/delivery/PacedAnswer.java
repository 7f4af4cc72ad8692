package io.hubmesh.delivery;

import io.hubmesh.delivery.EgressMeter.Turn;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is sent as fast as the meter lets it and the client takes it. It holds no thread while it waits for either.
 *
 * <p>What the container tells comes on its threads, which hold the lock of the connection; what is written comes from the pacer's, which take it. See {@link
 * io.hubmesh.web.HubConnection}.
 */
final class PacedAnswer implements WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(PacedAnswer.class);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final HubEgress.Order order;
    private final EgressPacer pacer;
    private final ReentrantLock connection;
    private final byte[] buffer = new byte[EgressMeter.SLICE];
    private boolean over;

    /** @param connection held by the container whenever it does something for the connection that this answer goes to */
    PacedAnswer(
            AsyncContext context,
            ServletOutputStream out,
            HubEgress.Order order,
            EgressPacer pacer,
            ReentrantLock connection) {
        this.context = context;
        this.out = out;
        this.order = order;
        this.pacer = pacer;
        this.connection = connection;
    }

    @Override
    public void onWritePossible() {
        if (order.body().isEmpty()) {
            end();
        } else {
            pacer.ask(new Turn(order.account(), EgressMeter.SLICE, order.lane(), this::writeSoon));
        }
    }

    /** The client has gone, or takes nothing for as long as the connector waits. */
    @Override
    public void onError(Throwable cause) {
        end();
    }

    /** The client has gone: what is not complete by then, the container would end with the error page, for which it is too late. */
    @Override
    public void onError(AsyncEvent event) {
        end();
        try {
            context.complete();
        } catch (IllegalStateException already) {
            // it was completed before the container noticed
        }
    }

    /** Whatever has ended it: nothing is to be written to it any more. */
    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private void writeSoon(int bytes) {
        try {
            pacer.handOver(() -> alone(() -> write(bytes)));
        } catch (RejectedExecutionException stopped) {
            alone(this::end);
        }
    }

    private void alone(Runnable step) {
        connection.lock();
        try {
            step.run();
        } finally {
            connection.unlock();
        }
    }

    /** While it waited for its turn the client may have gone, and the request with it. */
    private void write(int bytes) {
        if (over) {
            return;
        }
        try {
            order.stands().run();
            int read = order.body().read(buffer, bytes);
            if (order.lane() != null) {
                order.lane().count(read); // before its reader can have it, and say so
            }
            out.write(buffer, 0, read);
            if (out.isReady()) {
                onWritePossible();
            }
        } catch (IOException | IllegalStateException | ProblemException gone) {
            end();
        } catch (RuntimeException failed) {
            LOG.error("An answer could not be written on, and is broken off", failed);
            end();
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        try {
            order.body().close();
            context.complete();
        } catch (IOException | IllegalStateException already) {
            // the container has ended it
        } finally {
            order.ended().with(order.body().fromFile(), order.body().isEmpty());
        }
    }
}
