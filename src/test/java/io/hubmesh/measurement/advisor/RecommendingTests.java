package io.hubmesh.measurement.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.Bytes;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecommendingTests {

    private static final double MEGABIT = 125_000;

    private final Advisor advisor = Scene.advisor(null);

    @Test
    void manyAtHomeBehindAnOrdinaryHubAreServedByEachOther() {
        Advice advice = advisor.advise(Scene.home());
        assertThat(advice.recommendation().model()).isEqualTo(DeliveryModel.AUTOMATIC);
        assertThat(String.join(" ", advice.recommendation().reasons()))
                .contains(
                        "instead of 2 h 13 min",
                        "instead of 100 copies",
                        "Security:",
                        "Stability:",
                        "from 5 receivers on");
    }

    /** Where what was measured has peers a little quicker, the words are still about the model that is recommended. */
    @Test
    void theReasonsAreThoseOfTheRecommendedModel() {
        Environment two = new Environment(
                2, 6_000_000, 8 * MEGABIT, 32 * MEGABIT, 4 * MEGABIT, 0, 1, 1, 0, 0.05, Sensitivity.INTERNAL);
        Advice advice = Scene.advisor(() ->
                        List.of(measured(DeliveryModel.PEERS, two, 6.9), measured(DeliveryModel.AUTOMATIC, two, 7)))
                .advise(two);

        assertThat(advice.recommendation().model()).isEqualTo(DeliveryModel.AUTOMATIC);
        assertThat(advice.recommendation().reasons().get(0))
                .startsWith("Automatic: everybody is done after 7.0 s instead of 12 s");
        assertThat(advice.recommendation().reasons().get(1))
                .as("prices that read the same are no reason")
                .endsWith("instead of 2 copies of the file.");
    }

    @Test
    void whereTheMeshAloneIsMuchQuickerItIsRecommended() {
        Environment two = new Environment(
                2, 6_000_000, 8 * MEGABIT, 32 * MEGABIT, 4 * MEGABIT, 0, 1, 1, 0, 0, Sensitivity.INTERNAL);
        Advice advice = Scene.advisor(() ->
                        List.of(measured(DeliveryModel.PEERS, two, 6.9), measured(DeliveryModel.AUTOMATIC, two, 11)))
                .advise(two);

        assertThat(advice.recommendation().model()).isEqualTo(DeliveryModel.PEERS);
        assertThat(advice.recommendation().reasons().get(0)).startsWith("From peers: everybody is done after 6.9 s");
    }

    private static OwnExperiments.Measured measured(DeliveryModel model, Environment of, double seconds) {
        return new OwnExperiments.Measured(
                LocalDate.parse("2026-11-23"),
                model,
                of.receivers(),
                of.sizeBytes(),
                of.hubUploadBytesPerSecond(),
                of.downloadBytesPerSecond(),
                of.uploadBytesPerSecond(),
                seconds,
                of.sizeBytes());
    }

    @Test
    void whatMayNotShowItsReadersComesFromTheHubWhateverTheFigures() {
        Advice advice = advisor.advise(Scene.home(100, Sensitivity.CONFIDENTIAL));
        assertThat(advice.recommendation().model()).isEqualTo(DeliveryModel.HUB);
        assertThat(advice.recommendation().reasons().get(0)).contains("may not learn of each other");
        assertThat(advice.differences().get(2).peerToPeer()).contains("switch peer delivery off");
    }

    @Test
    void aHubWithAGreatLineIsQuickerAndWhatPeersWouldSaveIsSaid() {
        Environment home = Scene.home(20, Sensitivity.PUBLIC);
        Advice advice = advisor.advise(new Environment(
                20,
                home.sizeBytes(),
                10_000 * MEGABIT,
                100 * MEGABIT,
                10 * MEGABIT,
                0,
                1,
                1,
                0,
                1,
                Sensitivity.PUBLIC));
        assertThat(advice.recommendation().model()).isEqualTo(DeliveryModel.HUB);
        assertThat(advice.recommendation().reasons().get(1)).contains("Peers would save 19.00");
    }

    @Test
    void oneAloneHasNobodyToShareWith() {
        Advice advice = advisor.advise(Scene.home(1, Sensitivity.PUBLIC));
        assertThat(advice.recommendation().model()).isEqualTo(DeliveryModel.HUB);
        assertThat(advice.recommendation().reasons().get(0)).contains("no two receivers");
        assertThat(advice.differences().get(1).clientServer()).contains("1 copy:");
    }

    @Test
    void theFiveDifferencesAreToldWithTheFiguresOfTheEnvironment() {
        List<Advice.Difference> differences = advisor.advise(Scene.home()).differences();
        assertThat(differences)
                .extracting(Advice.Difference::aspect)
                .containsExactly("Roles", "Cost", "Security", "Stability", "Scaling");
        assertThat(differences.get(0).peerToPeer()).contains("2,000 Mbit/s of upload, the hub 100 Mbit/s");
        assertThat(differences.get(4).clientServer()).contains("10 times as many take 10.0 times the least time");
        assertThat(differences.get(4).peerToPeer()).contains("10 times as many take 1.0 times the least time");
    }

    @Test
    void figuresReadAsPeopleSayThem() {
        assertThat(List.of(Words.duration(0.44), Words.duration(59.6), Words.duration(200), Words.duration(90_000)))
                .containsExactly("0.4 s", "1 min", "3 min 20 s", "1 d 1 h");
        assertThat(List.of(Bytes.inWords(512), Bytes.inWords(1536), Bytes.inWords(5e12)))
                .containsExactly("512 B", "1.5 KiB", "4.5 TiB");
        assertThat(List.of(Words.share(0.001), Words.share(0.999), Words.share(1), Words.share(0)))
                .containsExactly("< 1 %", "> 99 %", "100 %", "0 %");
        assertThat(List.of(Words.money(0), Words.money(0.0003), Words.money(0.005), Words.money(1234.5)))
                .containsExactly("0.00", "< 0.01", "0.01", "1,234.50");
    }
}
