package io.hubmesh.api.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests the API answers one account, each class for itself. So many at once, and as many again in a minute: a page makes about ten when it
 * opens and fewer than one a second afterwards.
 *
 * @param requestsPerMinute of the usual kind
 * @param expensivePerMinute of those for which the hub has to work: searches, exports, archives
 */
@ConfigurationProperties("hubmesh.limits")
public record LimitSettings(
        @DefaultValue("600") int requestsPerMinute,
        @DefaultValue("60") int expensivePerMinute) {

    public LimitSettings {
        if (requestsPerMinute < 1 || expensivePerMinute < 1) {
            throw new IllegalArgumentException("hubmesh.limits: at least 1 request a minute of each kind");
        }
    }
}
