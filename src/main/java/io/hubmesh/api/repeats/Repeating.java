package io.hubmesh.api.repeats;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the kept answers behind the limits: an answer that is given again counts as a request. */
@Configuration(proxyBeanMethods = false)
class Repeating implements WebMvcConfigurer {

    private final KeptAnswers answers;

    Repeating(KeptAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new Repeats(answers)).addPathPatterns("/api/v1/**");
    }
}
