package io.hubmesh.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.PathContainer;

class RoutesTests {

    private static final List<String> PATTERNS = List.of(
            "",
            "/",
            "/a",
            "/a/{id}",
            "/a/b",
            "/a/{id}/c",
            "/a/b/c",
            "/a/{id}/d",
            "/{first}/b",
            "/a/{id:\\d+}/e",
            "/files/**");

    private final Routes<String> routes = new Routes<>();

    RoutesTests() {
        PATTERNS.forEach(pattern -> routes.add(pattern, pattern));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a | /a",
                "/a/ | /a",
                "/a/b | /a/b /a/{id} /{first}/b",
                "/a/x | /a/{id}",
                "/a/x/c | /a/{id}/c",
                "/a/b/c | /a/b/c /a/{id}/c",
                "/a/%62/c | /a/b/c /a/{id}/c",
                "/a/b;v=1/c | /a/b/c /a/{id}/c",
                "/files/x/y/z | /files/**",
            })
    void aPathMayMeanThoseOfItsShape(String path, String expected) {
        assertThat(routes.of(PathContainer.parsePath(path)).stream()
                        .filter(pattern -> !pattern.contains(":"))
                        .toList())
                .containsExactlyInAnyOrder(expected.split(" "));
    }

    @Test
    void whatIsNoPlainSegmentMayMeanWhateverBeginsSo() {
        assertThat(routes.of(PathContainer.parsePath("/a/x/anything/else"))).containsExactly("/a/{id:\\d+}/e");
    }

    @Test
    void theTopIsMeantByNoSegmentAtAll() {
        assertThat(routes.of(PathContainer.parsePath("/"))).containsExactlyInAnyOrder("", "/");
        assertThat(routes.of(PathContainer.parsePath(""))).containsExactlyInAnyOrder("", "/");
    }

    @Test
    void whatNobodyMeansIsNothing() {
        assertThat(routes.of(PathContainer.parsePath("/nowhere/at/all"))).isEmpty();
    }
}
