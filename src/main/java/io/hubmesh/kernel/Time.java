package io.hubmesh.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock that every room is handed. */
@Configuration(proxyBeanMethods = false)
class Time {

    /** What the database keeps of an instant: what is told before it is written is what is read again. */
    private static final Duration KEPT = Duration.of(1, ChronoUnit.MICROS);

    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), KEPT);
    }
}
