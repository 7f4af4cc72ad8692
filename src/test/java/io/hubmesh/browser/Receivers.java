package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import io.hubmesh.start.HubClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People who take part in experiments with a file, each in a browser of their own with a stopwatch in its page, and who runs them. */
final class Receivers {

    /**
     * A stopwatch that knows nothing of the engine: it notes when the page hears that a run begins, and when the last bytes of a file came in, over
     * whatever data channel or answer. Taken off once the run is over.
     */
    private static final String STOPWATCH = """
            (() => {
              const laps = [];
              let lap = null;
              const came = bytes => { if (lap !== null && bytes > 1024) lap.last = performance.now(); };
              const Socket = WebSocket;
              window.WebSocket = class extends Socket {
                constructor(...given) {
                  super(...given);
                  this.addEventListener("message", ({ data }) => {
                    if (data.includes('"trial-begin"')) lap = { begun: performance.now(), last: 0 };
                    if (data.includes('"trial-end"') && lap !== null) { laps.push(lap.last - lap.begun); lap = null; }
                  });
                }
              };
              const listen = RTCDataChannel.prototype.addEventListener;
              const seen = new WeakSet();
              const watch = channel => {
                if (seen.has(channel)) return;
                seen.add(channel);
                listen.call(channel, "message", ({ data }) => came(data.byteLength ?? 0));
              };
              const handler = Object.getOwnPropertyDescriptor(RTCDataChannel.prototype, "onmessage");
              Object.defineProperty(RTCDataChannel.prototype, "onmessage", {
                ...handler,
                set(listener) { watch(this); handler.set.call(this, listener); },
              });
              RTCDataChannel.prototype.addEventListener = function (...given) {
                watch(this);
                return listen.apply(this, given);
              };
              const whole = Response.prototype.arrayBuffer;
              Response.prototype.arrayBuffer = async function () {
                const bytes = await whole.call(this);
                came(bytes.byteLength);
                return bytes;
              };
              const read = ReadableStreamDefaultReader.prototype.read;
              ReadableStreamDefaultReader.prototype.read = async function () {
                const part = await read.call(this);
                came(part.value?.byteLength ?? 0);
                return part;
              };
              window.laps = laps;
            })()
            """;

    private final Shared file;

    /** Signed in once: a password is hashed for as long as a run takes to settle. */
    private final HubClient administrator;

    private final List<Person> people = new ArrayList<>();

    Receivers(Stage stage, Shared file, int number) {
        this.file = file;
        this.administrator = stage.administrator();
        for (int count = 0; count < number; count++) {
            BrowserContext browser = stage.browsers().start();
            browser.addInitScript(STOPWATCH);
            String name = stage.newMember("receiver");
            file.grant(administrator, name);
            Person person = stage.person(name, stage.address(), browser);
            person.joinMesh();
            Locator agree = person.page().getByLabel("Take part in experiments");
            agree.check();
            people.add(person);
        }
        Eventually.holds(() -> assertThat(candidates()).hasSize(number));
    }

    List<Person> people() {
        return people;
    }

    /** The peers that the hub may ask, in the order of the people. */
    List<String> candidates() {
        JsonNode found = read("/api/v1/experiments/candidates?resource=" + file.resource());
        List<String> offered = found.get("items")
                .valueStream()
                .map(each -> each.get("peer").asString())
                .toList();
        return people.stream()
                .map(person -> person.peer().id())
                .filter(offered::contains)
                .toList();
    }

    /** Begins an experiment with all of them; rates in bytes a second. */
    String begin(String models, boolean curve, int repetitions, long hub, long upload, long download) {
        String peers = String.join("\",\"", candidates());
        String wish = ("{\"resource\":\"%s\",\"models\":%s,\"peers\":[\"%s\"],\"curve\":%s,\"repetitions\":%d,"
                        + "\"hubRate\":%d,\"uploadRate\":%d,\"downloadRate\":%d}")
                .formatted(file.resource(), models, peers, curve, repetitions, hub, upload, download);
        var answer = administrator.json("POST", "/api/v1/experiments", wish);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(answer.body()).get("id").asString();
    }

    /** Waits until it is over and answers all that is known of it. */
    JsonNode ended(String experiment, Duration patience) {
        AtomicReference<JsonNode> whole = new AtomicReference<>();
        Eventually.holds(patience, () -> {
            JsonNode now = read("/api/v1/experiments/" + experiment);
            whole.set(now);
            assertThat(now.get("experiment").get("state").asString()).isNotEqualTo("running");
        });
        return whole.get();
    }

    /** What the stopwatch of that person has measured, run by run, in milliseconds. */
    List<Double> laps(int person) {
        Object laps = people.get(person).page().evaluate("() => laps");
        return ((List<?>) laps)
                .stream().map(lap -> ((Number) lap).doubleValue()).toList();
    }

    private JsonNode read(String path) {
        return JsonMapper.shared().readTree(administrator.get(path).body());
    }
}
