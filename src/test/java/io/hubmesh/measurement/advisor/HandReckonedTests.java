package io.hubmesh.measurement.advisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Settings reckoned by hand, with the reckoning of what is least plain in the last column. Sizes in MB (1,000,000 bytes), rates in MB a second,
 * times in seconds, efficiency 1, so that what is predicted is the bound. N receivers, S the spread, c copies from the hub.
 */
class HandReckonedTests {

    private static final double MB = 1e6;

    @ParameterizedTest(name = "{index}: N = {0}, {19}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            #    N |   F |  hub |    d |    u |     S | stay | direct | relay | price |   hub s | peers s | auto s  | peers c | auto c  | hub cost | peers cost | relayed | crossing | why
               100 | 1000 | 12.5 | 12.5 |  2.5 |     0 | 1   | 1      | 0     | 0.1   |    8000 |     396 |     396 |       1 |       1 |       10 |       0.1  |       0 |        4 | 99 x 1000 / (100 x 2.5); 4 receivers: 320 against 3000 / 10
                 1 | 1000 | 12.5 | 12.5 |  2.5 |     0 | 1   | 1      | 0     | 0.1   |      80 |      80 |      80 |       1 |       1 |      0.1 |       0.1  |       0 |        4 | one alone has no peers
                 3 | 1000 | 12.5 | 12.5 |  2.5 |     0 | 1   | 1      | 0     | 0.1   |     240 | 266.667 |     150 |       1 |   1.875 |      0.3 |       0.1  |       0 |        4 | automatic: 3000 / (12.5 + 7.5), of which the hub sends 12.5 / 20
                 2 | 1000 | 12.5 | 12.5 | 12.5 |     0 | 1   | 1      | 0     | 0.1   |     160 |      80 |      80 |       1 |       1 |      0.2 |       0.1  |       0 |        2 | the hub’s one copy takes 80
                20 | 1000 | 1250 | 12.5 | 1.25 |     0 | 1   | 1      | 0     | 0.1   |      80 |     760 |     760 |       1 | 1.03125 |        2 |       0.1  |       0 |      999 | 0.8 N exceeds 800 (N - 1) / N at 999: 799.2 against 799.1992
                50 | 1000 |  125 |    1 |    1 |     0 | 1   | 1      | 0     | 0.1   |    1000 |    1000 |    1000 |       1 |       1 |        5 |       0.1  |       0 |      126 | everybody’s own download is the limit until 8 N exceeds 1000
                10 | 1000 |  0.5 |   10 |    5 |     0 | 1   | 1      | 0     | 0.1   |   20000 |    2000 |    2000 |       1 | 1.03125 |        1 |       0.1  |       0 |        2 | one copy through a line of 0.5
                10 | 1000 | 12.5 | 12.5 |  2.5 |     0 | 1   | 0      | 0     | 0.1   |     800 |     800 |     800 |      10 |      10 |        1 |       1    |       0 |     none | no peer reaches another
                10 | 1000 | 12.5 | 12.5 |  2.5 |     0 | 1   | 0.5    | 0     | 0.1   |     800 |     480 |     480 |       6 | 6.03125 |        1 |       0.6  |       0 |        3 | 5 + 1 copies of 80; 3 receivers: 240 against 2.5 x 80
                10 | 1000 | 12.5 | 12.5 |  2.5 |     0 | 1   | 0.6    | 0.4   | 0.1   |     800 |     360 |     360 |       1 | 1.03125 |        1 |       0.46 |    3600 |        4 | of 9 copies 0.4 go through the relay
                10 |  0.5 | 12.5 | 12.5 |  2.5 |     0 | 1   | 1      | 0     | 100   |     0.4 |    0.18 |     0.4 |       1 |      10 |      0.5 |       0.05 |       0 |        4 | below 1 MiB automatic waits for no link
               100 | 1000 | 12.5 | 12.5 |  2.5 |  3600 | 1   | 1      | 0     | 0.1   |    8000 |    3680 |    3680 |       1 | 8.89328 |       10 |       0.1  |       0 |       47 | the last comes at 3600; 47 x 80 exceeds 3680; automatic: 2.2 fetch at once beside 50 who are there
                10 | 1000 | 12.5 | 12.5 |  2.5 | 36000 | 0.5 | 1      | 0     | 0.1   |   36080 |   36080 |   36080 |       2 | 6.66667 |        1 |       0.2  |       0 |      452 | nobody meets: every second stays, so two copies; 452 x 80 exceeds 36080
                10 | 1000 | 12.5 | 12.5 |  2.5 | 36000 | 0   | 1      | 0     | 0.1   |   36080 |   36080 |   36080 |      10 |      10 |        1 |       1    |       0 |      455 | nobody meets, nobody stays; 455 x 80 exceeds 36000 + 400 x 454 / 455
              1000 | 1000 |  125 | 12.5 |  2.5 |     0 | 1   | 1      | 0     | 0     |    8000 |   399.6 |   399.6 |       1 |       1 |        0 |       0    |       0 |       49 | 8 x 49 = 392 against 400 x 48 / 49 = 391.8
            100000 |  100 |  125 | 12.5 | 1.25 |     0 | 1   | 1      | 0     | 0.02  |   80000 | 79.9992 | 79.9992 |       1 |       1 |      200 |      0.002 |       0 |       99 | 99999 x 100 / 125000
                32 | 1000 | 12.5 | 12.5 |  2.5 |     0 | 1   | 1      | 0     | 1     |    2560 |   387.5 |   387.5 |       1 | 1.03125 |       32 |       1    |       0 |        4 | the start that the hub gives automatic transfers: one part in 32
                 2 | 1000 | 1.25 | 12.5 | 1.25 |     0 | 1   | 1      | 0     | 1     |    1600 |     800 |     800 |       1 |       1 |        2 |       1    |       0 |        2 | the hub’s one copy takes 800
                 3 | 1000 |   10 |  100 |   10 |     0 | 1   | 1      | 0     | 1     |     300 |     100 |     100 |       1 |       1 |        3 |       1    |       0 |        2 | 2000 / 30 is less than one copy
                 4 | 1000 | 12.5 | 12.5 |  2.5 |     0 | 1   | 0      | 1     | 1     |     320 |     300 |     300 |       1 | 1.03125 |        4 |       4    |    3000 |        4 | all that peers send is sent again by the relay, and paid
            """)
    void theFiguresAreThoseReckonedByHand(
            int receivers,
            double size,
            double hubUpload,
            double download,
            double upload,
            double spread,
            double stay,
            double direct,
            double relayed,
            double price,
            double hubSeconds,
            double peersSeconds,
            double automaticSeconds,
            double peersCopies,
            double automaticCopies,
            double hubCost,
            double peersCost,
            double relayedMb,
            Integer crossing,
            String why) {
        Environment environment = new Environment(
                receivers,
                Math.round(size * MB),
                hubUpload * MB,
                download * MB,
                upload * MB,
                spread,
                stay,
                direct,
                relayed,
                price,
                Sensitivity.INTERNAL);
        Advice advice = Advisor.advise(environment, (model, where) -> new Efficiency(1, 1, "exact"));
        Prediction hub = advice.of(DeliveryModel.HUB);
        Prediction peers = advice.of(DeliveryModel.PEERS);
        Prediction automatic = advice.of(DeliveryModel.AUTOMATIC);
        assertThat(hub.seconds()).as(why).isCloseTo(hubSeconds, near());
        assertThat(peers.seconds()).as(why).isCloseTo(peersSeconds, near());
        assertThat(automatic.seconds()).as(why).isCloseTo(automaticSeconds, near());
        assertThat(hub.hubBytes() / environment.sizeBytes()).isEqualTo(receivers);
        assertThat((double) peers.hubBytes() / environment.sizeBytes()).as(why).isCloseTo(peersCopies, near());
        assertThat((double) automatic.hubBytes() / environment.sizeBytes())
                .as(why)
                .isCloseTo(automaticCopies, near());
        assertThat(hub.cost()).isCloseTo(hubCost, within(1e-9));
        assertThat(peers.cost()).as(why).isCloseTo(peersCost, within(1e-9));
        assertThat(peers.relayedBytes() / MB).isCloseTo(relayedMb, within(1e-3));
        assertThat(advice.crossingReceivers()).as(why).isEqualTo(crossing);
    }

    private static Percentage near() {
        return Percentage.withPercentage(0.001);
    }
}
