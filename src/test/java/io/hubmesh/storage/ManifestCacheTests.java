package io.hubmesh.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.ContentId;
import org.junit.jupiter.api.Test;

class ManifestCacheTests {

    private static final int LEAVES = 16 * 1024 * 1024;

    private final ManifestCache cache = new ManifestCache();

    @Test
    void whatWasAskedForLastStaysAndTheRestMakesRoom() {
        for (int number = 0; number < 3; number++) {
            cache.add(manifest(number));
        }
        assertThat(cache.find(id(0))).isNotNull();
        cache.add(manifest(3));

        assertThat(cache.find(id(1))).isNull();
        assertThat(cache.find(id(0))).isNotNull();
        assertThat(cache.find(id(3))).isNotNull();
    }

    @Test
    void whatIsForgottenMakesRoom() {
        for (int number = 0; number < 10; number++) {
            cache.add(manifest(number));
            cache.forget(id(number));
        }
        cache.add(manifest(10));
        cache.add(manifest(10));
        cache.add(manifest(11));

        assertThat(cache.find(id(9))).isNull();
        assertThat(cache.find(id(10))).isNotNull();
        assertThat(cache.find(id(11))).isNotNull();
    }

    private static Manifest manifest(int number) {
        return new Manifest(id(number), 1, 1, "", new byte[LEAVES]);
    }

    private static ContentId id(int number) {
        return new ContentId(String.format("%064x", number));
    }
}
