package io.hubmesh.measurement;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Fresh names for downloads from the hub, which have none of their own: one half of each is drawn once, so that those of earlier runs differ, and the other
 * half counts. They are told apart, and nobody is kept from guessing them.
 */
final class DownloadNames implements Supplier<String> {

    private final long run = UUID.randomUUID().getMostSignificantBits();
    private final AtomicLong count = new AtomicLong();

    @Override
    public String get() {
        return new UUID(run, count.getAndIncrement()).toString();
    }
}
