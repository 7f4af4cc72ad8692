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
import java.util.concurrent.atomic.AtomicBoolean;

/** An answer that is sent as fast as the meter lets it and the client takes it. It holds no thread while it waits for either. */
final class PacedAnswer implements WriteListener, AsyncListener {

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final HubEgress.Order order;
    private final EgressPacer pacer;
    private final AtomicBoolean over = new AtomicBoolean();
    private final byte[] buffer = new byte[EgressMeter.SLICE];

    PacedAnswer(AsyncContext context, ServletOutputStream out, HubEgress.Order order, EgressPacer pacer) {
        this.context = context;
        this.out = out;
        this.order = order;
        this.pacer = pacer;
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
        try {
            context.complete();
        } catch (IllegalStateException already) {
            // it was completed before the container noticed
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}

    /** On a thread of the container's. While it waited for its turn the client may have gone, and the request with it. */
    private void writeSoon(int bytes) {
        try {
            context.start(() -> write(bytes));
        } catch (IllegalStateException | RejectedExecutionException gone) {
            end();
        }
    }

    private void write(int bytes) {
        if (over.get()) {
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
        }
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
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
}
