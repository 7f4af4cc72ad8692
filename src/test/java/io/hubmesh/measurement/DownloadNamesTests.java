package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DownloadNamesTests {

    @Test
    void noNameIsGivenTwiceInOneRunOrTheNext() {
        Set<UUID> given = new HashSet<>();
        for (int run = 0; run < 10; run++) {
            DownloadNames names = new DownloadNames();
            for (int download = 0; download < 100; download++) {
                given.add(UUID.fromString(names.get()));
            }
        }
        assertThat(given).hasSize(1_000);
    }
}
