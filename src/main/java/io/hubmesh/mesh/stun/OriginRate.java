package io.hubmesh.mesh.stun;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each origin may ask. Bounded: when the table is full, who has been quiet longest is forgotten. */
final class OriginRate<K> {

    private record Window(Instant since, int count) {}

    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final Clock clock;
    private final int perSecond;
    private final Map<K, Window> windows;

    OriginRate(Clock clock, int perSecond, int mostOrigins) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.windows = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Window> eldest) {
                return size() > mostOrigins;
            }
        };
    }

    /** Counts one request; false when it is one too many. */
    boolean allows(K origin) {
        Instant now = clock.instant();
        Window window = windows.get(origin);
        if (window == null || !now.isBefore(window.since().plus(WINDOW)) || now.isBefore(window.since())) {
            window = new Window(now, 0);
        }
        if (window.count() >= perSecond) {
            return false;
        }
        windows.put(origin, new Window(window.since(), window.count() + 1));
        return true;
    }

    int size() {
        return windows.size();
    }
}
