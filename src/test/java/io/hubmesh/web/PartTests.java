package io.hubmesh.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

class PartTests {

    private static final Pattern NEXT = Pattern.compile("</list\\?limit=2&cursor=([^>]+)>; rel=\"next\"");

    private final TreeSet<String> all = new TreeSet<>(List.of("a", "b b", "ç", "d&=", "e"));

    @Test
    void partsMakeTheWholeInOrder() {
        List<String> told = new ArrayList<>();
        String cursor = null;
        do {
            ResponseEntity<Items<String>> answer = ask(Part.of(cursor, 2));
            told.addAll(Objects.requireNonNull(answer.getBody()).items());
            cursor = next(answer);
        } while (cursor != null);
        assertThat(told).containsExactlyElementsOf(all);
    }

    @Test
    void whatGoesMeanwhileLeavesNoGapAndWhatIsToldIsNotToldAgain() {
        ResponseEntity<Items<String>> first = ask(Part.of(null, 2));
        all.remove("a");
        all.add("aa");
        assertThat(Objects.requireNonNull(ask(Part.of(next(first), 2)).getBody())
                        .items())
                .startsWith("d&=");
    }

    @Test
    void aListThatJustFitsNamesNoNext() {
        assertThat(next(ask(Part.of(null, 5)))).isNull();
    }

    @Test
    void limitsAreBoundAndStrangeCursorsRefused() {
        assertThat(Part.of(null, 0).limit()).isEqualTo(1);
        assertThat(Part.of(null, 1_000_000).limit()).isEqualTo(200);
        assertThatThrownBy(() -> Part.of("%%", null)).isInstanceOf(ProblemException.class);
    }

    private ResponseEntity<Items<String>> ask(Part part) {
        List<String> found =
                all.tailSet(part.after(), false).stream().limit(part.wanted()).toList();
        return part.answer("/list", found, Function.identity(), Function.identity());
    }

    private static @Nullable String next(ResponseEntity<?> answer) {
        String link = answer.getHeaders().getFirst("Link");
        Matcher matcher = NEXT.matcher(link == null ? "" : link);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
