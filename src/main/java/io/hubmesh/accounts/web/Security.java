package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Devices;
import io.hubmesh.accounts.Known;
import io.hubmesh.accounts.Sessions;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.web.Problems;
import io.hubmesh.web.SecurityHeaders;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.HttpFirewall;

/** Who gets in: two chains, one for requests with a token and one for sessions; both deny what they do not name. */
@Configuration(proxyBeanMethods = false)
class Security {

    private static final String ADMINISTRATOR = "ADMINISTRATOR";
    private static final String SESSION_COOKIE = "HUBMESH";
    private static final String CSRF_COOKIE = "HUBMESH_CSRF";
    static final String SIGN_IN = "/sign-in";

    @Bean
    SignInAttempts signInAttempts(Clock clock) {
        return new SignInAttempts(clock);
    }

    /** The security filters are not observed one by one: a third of what a small request cost went into that, and nobody read it. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    HttpFirewall firewall() {
        return Firewall.strict();
    }

    @Bean
    @Order(1)
    SecurityFilterChain tokenChain(HttpSecurity http, Known known, Problems problems) {
        http.securityMatcher(BearerTokenFilter::carriesToken)
                .csrf(AbstractHttpConfigurer::disable) // a browser never sends this header by itself
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(SecurityHeaders::strict)
                .addFilterBefore(new BearerTokenFilter(known, problems), AuthorizationFilter.class)
                .addFilterBefore(new PasswordFirstFilter(problems), AuthorizationFilter.class)
                .authorizeHttpRequests(Security::rules)
                .exceptionHandling(refusals -> refuse(refusals, problems));
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain sessionChain(
            HttpSecurity http,
            Accounts accounts,
            Sessions sessions,
            Devices devices,
            SignInAttempts attempts,
            Problems problems,
            ApplicationEventPublisher events) {
        DeviceCookie cookie = new DeviceCookie(devices);
        SignInGate gate = new SignInGate(attempts, cookie, events);
        http.headers(SecurityHeaders::strict)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfInACookie()))
                .requestCache(cache -> cache.requestCache(new PagesOnlyRequestCache()))
                .addFilterBefore(gate, UsernamePasswordAuthenticationFilter.class)
                .formLogin(form -> form.loginPage(SIGN_IN)
                        .usernameParameter("name")
                        .passwordParameter("password")
                        .successHandler(new SignInSuccess(gate, cookie, sessions))
                        .failureUrl(SIGN_IN + "?failed"))
                .logout(logout -> logout.logoutUrl("/sign-out")
                        .logoutSuccessUrl("/sign-in?signed-out")
                        .deleteCookies(SESSION_COOKIE))
                .addFilterBefore(new StillWelcomeFilter(accounts, sessions, events), AuthorizationFilter.class)
                .addFilterBefore(new PasswordFirstFilter(problems), AuthorizationFilter.class)
                .authorizeHttpRequests(Security::rules)
                .exceptionHandling(refusals -> {
                    refuse(refusals, problems);
                    refusals.defaultAuthenticationEntryPointFor(
                            new ToSignIn(SIGN_IN), request -> !Problems.wantsProblem(request));
                });
        return http.build();
    }

    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers(AnyPath.of(SIGN_IN, "/assets/**", "/actuator/health/**", "/actuator/health"))
                .permitAll()
                .requestMatchers(Administration.REQUESTS)
                .hasRole(ADMINISTRATOR)
                .requestMatchers(AnyPath.of("/actuator/**"))
                .denyAll()
                .anyRequest()
                .authenticated();
    }

    /** In a cookie rather than a session, so that a stranger's requests cost the hub no memory. */
    private static CookieCsrfTokenRepository csrfInACookie() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(CSRF_COOKIE);
        tokens.setHeaderName("X-CSRF-TOKEN");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax").httpOnly(true));
        return tokens;
    }

    private static void refuse(ExceptionHandlingConfigurer<HttpSecurity> refusals, Problems problems) {
        refusals.defaultAuthenticationEntryPointFor(
                (request, response, cause) -> {
                    response.setHeader(
                            HttpHeaders.WWW_AUTHENTICATE, "Bearer"); // RFC 6750, 3: no error where no token came
                    problems.write(request, response, ProblemCode.SIGN_IN_REQUIRED);
                },
                Problems::wantsProblem);
        refusals.accessDeniedHandler((request, response, cause) -> {
            if (cause instanceof CsrfException && request.getServletPath().equals(SIGN_IN)) {
                response.sendRedirect(SIGN_IN + "?expired"); // the page was open for too long: here is a new one
                return;
            }
            problems.write(
                    request,
                    response,
                    cause instanceof CsrfException ? ProblemCode.CSRF_TOKEN_INVALID : ProblemCode.FORBIDDEN);
        });
    }

    /** Sends a person to the sign-in page, and says so when it is because a session has ended. */
    private static final class ToSignIn extends LoginUrlAuthenticationEntryPoint {
        ToSignIn(String page) {
            super(page);
        }

        @Override
        protected String determineUrlToUseForThisRequest(
                HttpServletRequest request,
                jakarta.servlet.http.HttpServletResponse response,
                org.springframework.security.core.AuthenticationException cause) {
            boolean hadSession = request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
            return getLoginFormUrl() + (hadSession ? "?expired" : "");
        }
    }
}
