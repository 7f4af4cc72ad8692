package io.hubmesh.kernel;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock that every room is handed; what runs before there are beans takes it from here. */
@Configuration(proxyBeanMethods = false)
public class Time {

    /**
     * Ticks in whole milliseconds: every database keeps those, so that what is told before it is written is what is read
     * again. (In microseconds, {@link Clock#millis} fails on Java 17.)
     */
    @Bean
    public static Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
