package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What Prometheus is told in one visit, in its text form. */
record Scrape(String text) {

    static Scrape of(HubClient client, String token) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(client.request("/actuator/prometheus")
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/plain")
                .GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Scrape(answer.body());
    }

    /** The names of all samples. */
    Set<String> names() {
        return samples().stream().map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toSet());
    }

    /** The sum over all samples of that name that carry these labels, as in {@code model="hub"}. */
    long sum(String name, String... labels) {
        List<String> lines = samples().stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .toList();
        assertThat(lines).as("samples of %s with %s", name, List.of(labels)).isNotEmpty();
        return lines.stream()
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private List<String> samples() {
        return text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
    }
}
