package io.hubmesh.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Stands in for the hub behind a dashboard, in the browser: states that take hundreds of peers to make. */
final class DashboardStub {

    private static final String SCRIPT = "/browser/dashboard-stub.js";
    private static final String CHOSEN = "dashboardStub(new URLSearchParams(location.search).get('stub') ?? 'empty')";

    private final Person person;

    DashboardStub(Person person) {
        this.person = person;
        person.page().addInitScript(script() + CHOSEN);
    }

    /** Opens the dashboard in a state, and waits until it shows it: graphs, chart and all. */
    void open(String state) {
        person.visit("/dashboard?stub=" + state);
        person.page().waitForFunction("""
                        () => document.querySelector("[data-dashboard-target=egress]").textContent !== "–"
                          && document.querySelector(".chart") !== null
                        """);
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(DashboardStub.class.getResourceAsStream(SCRIPT))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
