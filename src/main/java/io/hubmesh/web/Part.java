package io.hubmesh.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * A part of a list that is ordered by a key of its own for each item. It begins after a key rather than at a number, so that nothing is missed or told twice when the list
 * changes meanwhile; a {@code Link} header (RFC 8288) names the next.
 *
 * @param after the key of the last item of the part before, empty for the first
 * @param limit items at most
 */
public record Part(String after, int limit) {

    private static final int USUAL = 100;
    private static final int MOST = 200;

    /** @throws ProblemException invalid-value when the cursor was not made here */
    public static Part of(@Nullable String cursor, @Nullable Integer limit) {
        return new Part(
                cursor == null ? "" : keyIn(cursor), limit == null ? USUAL : Math.max(1, Math.min(limit, MOST)));
    }

    /** How many items to look for: one more than is told, to know whether there is a next part. */
    public int wanted() {
        return limit + 1;
    }

    /**
     * @param path where the list is, with what else was asked for, encoded
     * @param found up to {@link #wanted} items whose keys come after {@link #after}, in order
     */
    public <T, V> ResponseEntity<Items<V>> answer(
            String path, List<T> found, Function<T, String> key, Function<T, V> view) {
        List<T> told = found.subList(0, Math.min(limit, found.size()));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (found.size() > limit) {
            String cursor = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(key.apply(told.get(limit - 1)).getBytes(StandardCharsets.UTF_8));
            NextPart.link(answer, path + (path.indexOf('?') < 0 ? "?" : "&") + "limit=" + limit + "&cursor=" + cursor);
        }
        return answer.body(new Items<>(told.stream().map(view).toList()));
    }

    private static String keyIn(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException strange) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "That cursor is none of this list's; follow the header Link.");
        }
    }
}
