package io.hubmesh.api.limits;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the limits before everything else that the API does. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
class Limiting implements WebMvcConfigurer {

    private final LimitSettings settings;
    private final Clock clock;

    Limiting(LimitSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
                .addInterceptor(new RequestLimit(new Limits(settings, clock)))
                .addPathPatterns("/api/v1/**")
                .order(Ordered.HIGHEST_PRECEDENCE);
    }
}
