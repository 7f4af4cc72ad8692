package io.hubmesh.library.web;

import io.hubmesh.library.Order;
import io.hubmesh.library.ResourcePage;
import io.hubmesh.library.ResourceView;
import io.hubmesh.web.Items;
import io.hubmesh.web.NextPart;
import org.springframework.http.ResponseEntity;

/** Lists in parts, as the API tells them: the next part is named by a {@code Link} header (RFC 8288). */
final class Pages {

    private Pages() {}

    static ResponseEntity<Items<ResourceView>> answer(String path, Order order, int limit, ResourcePage page) {
        Items<ResourceView> items = new Items<>(page.items().stream()
                .map(item -> ResourceView.of(item.resource(), item.level()))
                .toList());
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (page.next() != null) {
            NextPart.link(answer, path + "?sort=" + order + "&limit=" + limit + "&cursor=" + page.next());
        }
        return answer.body(items);
    }
}
