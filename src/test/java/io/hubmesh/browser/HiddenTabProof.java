package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tab that nobody sees fetches and serves nearly as quickly as one that is seen. */
@ExtendWith(OnStage.class)
@Timeout(value = 1, unit = TimeUnit.HOURS)
class HiddenTabProof {

    private static final long MIB = 1024 * 1024;
    private static final int PAIRS = 4;
    private static final double LEAST_SHARE = 0.8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String SIGN_IN = """
            document.querySelector('[name=name]').value = '%s';
            document.querySelector('[name=password]').value = '%s';
            document.querySelector('[name=password]').form.requestSubmit();
            """;

    private static final String FETCH = "document.querySelector('[data-download-target=fetch]').click()";
    private static final String REMEMBER = "localStorage.setItem('hubmesh.mesh.%s', 'joined')";
    private static final String STATUS = "document.querySelector('.mesh-status')?.dataset.state ?? ''";
    private static final String VIEW = "(%s)()".formatted(PeerView.ASK.strip());

    private final Path folder;
    private final Path profile;

    HiddenTabProof(@TempDir Path folder, @TempDir Path profile) {
        this.folder = folder;
        this.profile = profile;
    }

    /** In MiB: of a second, 0 for no limit; of a measured stretch; of what passes unmeasured after each change. */
    @ParameterizedTest
    @CsvSource({"receiver, 0, 64, 16", "source, 0, 64, 16", "receiver, 4, 16, 4", "source, 4, 16, 4"})
    void aHiddenTabKeepsItsRate(String hidden, long limit, long stretch, long settling, Stage stage) {
        long size = (2 * PAIRS + 1) * (stretch + 2 * settling) * MIB;
        String name = hidden + "-hidden-" + limit + ".bin";
        Shared file = new Shared(stage, folder, RealFile.made(folder, name, size));
        boolean receives = hidden.equals("receiver");
        Person anna = file.holder(stage.person(Stage.ADMINISTRATOR));
        Rates rates = new Rates(stretch * MIB, settling * MIB);
        try (RawBrowser browser = new RawBrowser(Browsers.find(), profile)) {
            RawBrowser.Tab tab = joined(browser, stage, receives ? file.member() : another(stage, file), file);
            if (receives) {
                anna.limitUpload(limit * MIB);
                tab.evaluate(FETCH);
                rates.measure(tab, () -> view(tab).transfer(file.resource()).verified());
            } else {
                tab.evaluate(FETCH);
                Eventually.holds(PATIENCE, () -> assertThat(view(tab).held(file.resource()))
                        .isEqualTo(size));
                anna.page().close();
                Person ben = stage.person(file.member());
                ben.joinMesh();
                ben.limitDownload(limit * MIB);
                ben.openFile(file.name());
                ben.fetchFromPeers();
                rates.measure(tab, () -> ben.peer().transfer(file.resource()).verified());
                assertThat(ben.peer().transfer(file.resource()).fromHub()).isZero();
            }
        }
        assertThat(rates.share(new Figures(getClass(), hidden + "-" + limit))).isGreaterThanOrEqualTo(LEAST_SHARE);
    }

    private static String another(Stage stage, Shared file) {
        String name = stage.newMember("cleo");
        file.grant(stage.administrator(), name);
        return name;
    }

    /** A tab of this browser that is a peer and shows the file's page. */
    private static RawBrowser.Tab joined(RawBrowser browser, Stage stage, String name, Shared file) {
        RawBrowser.Tab tab = browser.tab();
        tab.visit(stage.address().resolve("/sign-in"));
        until(tab, "String(document.querySelector('[name=password]') !== null)", "true");
        tab.evaluate(SIGN_IN.formatted(name, Stage.PASSWORD));
        until(tab, "location.pathname", "/library");
        tab.evaluate(REMEMBER.formatted(name));
        tab.visit(stage.address().resolve("/resources/" + file.resource()));
        until(tab, STATUS, "joined");
        return tab;
    }

    private static void until(RawBrowser.Tab tab, String expression, String value) {
        Eventually.holds(() -> assertThat(tab.evaluate(expression).asString()).isEqualTo(value));
    }

    private static PeerView view(RawBrowser.Tab tab) {
        return PeerView.read(tab.evaluate(VIEW).asString());
    }

    /** Rates of a transfer in bytes a second, while a tab is seen and while it is not, by turns. */
    private static final class Rates {

        private final long stretch;
        private final long settling;
        private final List<Double> seen = new ArrayList<>();
        private final List<Double> unseen = new ArrayList<>();

        Rates(long stretch, long settling) {
            this.stretch = stretch;
            this.settling = settling;
        }

        void measure(RawBrowser.Tab tab, LongSupplier verified) {
            for (int pair = 1; pair <= PAIRS; pair++) {
                tab.show();
                seen.add(rate(tab, "visible", verified));
                tab.hide();
                unseen.add(rate(tab, "hidden", verified));
            }
        }

        private double rate(RawBrowser.Tab tab, String state, LongSupplier verified) {
            until(tab, "document.visibilityState", state);
            Moment from = at(verified, verified.getAsLong() + settling);
            Moment to = at(verified, from.bytes() + stretch);
            until(tab, "document.visibilityState", state);
            return (to.bytes() - from.bytes()) * 1e9 / (to.nanos() - from.nanos());
        }

        /** The moment at which that much was seen to be verified. */
        private static Moment at(LongSupplier verified, long least) {
            AtomicReference<Moment> moment = new AtomicReference<>();
            Eventually.holds(PATIENCE, () -> {
                moment.set(new Moment(verified.getAsLong(), System.nanoTime()));
                assertThat(moment.get().bytes()).isGreaterThanOrEqualTo(least);
            });
            return moment.get();
        }

        double share(Figures figures) {
            for (int pair = 0; pair < PAIRS; pair++) {
                figures.note("visible %.2f MB/s, hidden %.2f MB/s", seen.get(pair) / 1e6, unseen.get(pair) / 1e6);
            }
            double share = Figures.median(unseen) / Figures.median(seen);
            figures.note("ratio of medians %.2f", share);
            return share;
        }

        private record Moment(long bytes, long nanos) {}
    }
}
