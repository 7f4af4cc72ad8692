package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.library.ResourcePage;
import io.hubmesh.library.ResourceView;
import io.hubmesh.library.Search;
import io.hubmesh.web.Items;
import io.hubmesh.web.NextPart;
import io.hubmesh.web.Rate;
import io.hubmesh.web.Rated;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Files and folders by a part of their names. */
@RestController
class SearchController {

    private final Search search;

    SearchController(Search search) {
        this.search = search;
    }

    /** @param path the names of the folders above that one may read, top first */
    record Found(ResourceView resource, List<String> path) {}

    @Rated(Rate.EXPENSIVE)
    @GetMapping("/api/v1/search")
    ResponseEntity<Items<Found>> find(
            Subject subject,
            @RequestParam String name,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "" + ResourcePage.USUAL) int limit) {
        Search.Part part = search.find(subject, name, cursor, limit);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (part.next() != null) {
            String words = URLEncoder.encode(name, StandardCharsets.UTF_8);
            NextPart.link(answer, "/api/v1/search?name=" + words + "&limit=" + limit + "&cursor=" + part.next());
        }
        return answer.body(new Items<>(part.hits().stream()
                .map(hit -> new Found(
                        ResourceView.of(hit.resource(), hit.level()),
                        hit.path().stream().map(folder -> folder.name()).toList()))
                .toList()));
    }
}
