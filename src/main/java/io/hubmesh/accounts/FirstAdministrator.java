package io.hubmesh.accounts;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** An empty hub gets an administrator, and the person who started it is told how to sign in, once. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FirstAdministrator.Wish.class)
class FirstAdministrator {

    /** @param password what the first administrator's password shall be ({@code HUBMESH_ADMIN_PASSWORD}) */
    @ConfigurationProperties("hubmesh.admin")
    record Wish(@Nullable String password) {}

    private static final String NAME = "admin";

    private final Accounts accounts;
    private final Wish wish;
    private final Environment environment;

    FirstAdministrator(Accounts accounts, Wish wish, Environment environment) {
        this.accounts = accounts;
        this.wish = wish;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void welcome() {
        String scheme = environment.containsProperty("server.ssl.bundle") ? "https" : "http";
        String address = scheme + "://localhost:" + environment.getProperty("local.server.port", "8080");
        StringBuilder message = new StringBuilder(System.lineSeparator());
        if (accounts.none()) {
            String password = wish.password() == null || wish.password().isBlank() ? null : wish.password();
            CreatedAccount created =
                    accounts.create(new NewAccount(NAME, "Administrator", password, Role.ADMINISTRATOR, false));
            message.append(line("Hubmesh is ready. This is its first start, so an administrator was created:"))
                    .append(line(""))
                    .append(line("    address   " + address))
                    .append(line("    name      " + NAME))
                    .append(line("    password  " + shown(created.generatedPassword())));
            if (created.generatedPassword() != null) {
                message.append(line(""))
                        .append(line("The password is shown only this once. Change it under your name, top right."));
            }
        } else {
            message.append(line("Hubmesh is ready: " + address));
        }
        String fingerprint = environment.getProperty("hubmesh.tls.fingerprint");
        if (fingerprint != null) {
            message.append(line("Its own certificate's SHA-256 fingerprint, to compare in the browser:"))
                    .append(line("    " + fingerprint));
        }
        System.out.println(message);
    }

    private static String shown(@Nullable String generatedPassword) {
        return generatedPassword != null ? generatedPassword : "(the one in HUBMESH_ADMIN_PASSWORD)";
    }

    private static String line(String text) {
        return "  " + text + System.lineSeparator();
    }
}
