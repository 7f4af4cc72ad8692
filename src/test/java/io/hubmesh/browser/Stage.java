package io.hubmesh.browser;

import com.microsoft.playwright.BrowserContext;
import io.hubmesh.start.HubClient;
import io.hubmesh.start.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What all stories share: one packaged hub. What each has to itself: its browsers, and accounts of its own. */
final class Stage implements AutoCloseable {

    static final String ADMINISTRATOR = "admin";
    static final String PASSWORD = "correct horse battery";

    private final Path data = temporary();
    private final HubProcess hub = HubProcess.start(data, Map.of("HUBMESH_ADMIN_PASSWORD", PASSWORD));
    private final Browsers browsers;
    private final boolean guest;
    private final List<BrowserContext> open = new ArrayList<>();
    private int accounts;

    Stage() {
        this(new Browsers(), false);
    }

    private Stage(Browsers browsers, boolean guest) {
        this.browsers = browsers;
        this.guest = guest;
    }

    /** Another hub, for a story that does not leave it as it was; the browsers are the same. Closed by the story. */
    Stage another() {
        return new Stage(browsers, true);
    }

    /** Ends the hub as a power cut would. */
    void killHub() {
        hub.kill();
    }

    /** The hub as its own machine sees it: an address that browsers trust without a certificate. */
    URI address() {
        return URI.create("http://127.0.0.1:" + hub.address().getPort());
    }

    /** Where the hub keeps its things. */
    Path data() {
        return data;
    }

    Browsers browsers() {
        return browsers;
    }

    /** The administrator without a browser. */
    HubClient administrator() {
        return signedIn(ADMINISTRATOR);
    }

    /** Somebody without a browser. */
    HubClient signedIn(String name) {
        HubClient client = new HubClient(address());
        if (!client.signIn(name, PASSWORD)) {
            throw new IllegalStateException(name + " could not sign in.");
        }
        return client;
    }

    /** A new member, whose password is {@link #PASSWORD}. */
    String newMember(String like) {
        accounts++;
        String name = like + accounts;
        String wanted = "{\"name\":\"%s\",\"displayName\":\"%s\",\"password\":\"%s\"}".formatted(name, name, PASSWORD);
        int status = administrator().json("POST", "/api/v1/accounts", wanted).statusCode();
        if (status != 201) {
            throw new IllegalStateException("The account was not made: " + status);
        }
        return name;
    }

    /** Somebody in front of a browser of their own, signed in. */
    Person person(String name) {
        return person(name, address(), browsers.start());
    }

    /** Somebody in front of this browser, who finds the hub at this address. */
    Person person(String name, URI where, BrowserContext browser) {
        open.add(browser);
        Person person = new Person(browser, where);
        person.signIn(name, PASSWORD);
        person.page().waitForURL(Stage::isBehindSignIn);
        return person;
    }

    /** An address that is typed before would race with the answer. */
    private static boolean isBehindSignIn(String address) {
        return !URI.create(address).getPath().equals("/sign-in");
    }

    /** Closes the browsers of a story that has ended. */
    void clear() {
        open.forEach(BrowserContext::close);
        open.clear();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("hubmesh-stories");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        clear();
        if (!guest) {
            browsers.close();
        }
        hub.close();
        Disposal.delete(data);
    }
}
