package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.Welcome;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Watch;
import io.hubmesh.permissions.Level;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/** Lets an upload's bytes in for as long as the one who sends them may write where they go. */
@Component
class UploadGuard {

    private final Watch watch;
    private final Welcome welcome;

    UploadGuard(Watch watch, Welcome welcome) {
        this.watch = watch;
        this.welcome = welcome;
    }

    /** What is done with the bytes. */
    interface Taking<T> {
        T take(InputStream bytes);
    }

    /**
     * Hands the request's bytes on.
     *
     * @param undone is run when they were refused in the middle, so that nothing of them stays
     * @throws ProblemException forbidden at the next bytes, when the right is gone; else as {@link Watch#onRevoked}
     */
    <T> T whileAllowed(
            Subject subject, ResourceId folder, HttpServletRequest request, Taking<T> taking, Runnable undone)
            throws IOException {
        try (Watch.Hold hold = watch.onRevoked(subject, folder, Level.WRITE, welcome.of(subject, request), () -> {})) {
            try {
                return taking.take(new Guarded(request.getInputStream(), hold));
            } catch (ProblemException refused) {
                if (!hold.stands()) {
                    undone.run();
                }
                throw refused;
            }
        }
    }

    private static final class Guarded extends FilterInputStream {

        private final Watch.Hold hold;

        Guarded(InputStream bytes, Watch.Hold hold) {
            super(bytes);
            this.hold = hold;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            hold.require();
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            hold.require();
            return count;
        }
    }
}
