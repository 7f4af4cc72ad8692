package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nothing in an archive is unpacked anywhere but below the folder that it is unpacked in. */
class ArchivePathTests {

    @Property
    void everyNameIsOneStepDown(@ForAll("names") String name) {
        String step = ArchivePath.step(name);

        assertThat(step).isNotBlank().doesNotContain("/", "\\", ":", "\0", "\n").isNotIn(".", "..");
        assertThat(step.strip()).isEqualTo(step).doesNotEndWith(".");
    }

    /** As whoever unpacks reads it: from the left, each {@code ..} a step up, a name with a drive or from the top nowhere below. */
    @Property
    void noPathOfThemLeadsUp(@ForAll("paths") List<String> names) {
        String path = names.stream()
                .map(ArchivePath::step)
                .reduce((above, below) -> above + "/" + below)
                .orElseThrow();

        int depth = 0;
        for (String step : path.replace('\\', '/').split("/", -1)) {
            depth += step.equals("..") ? -1 : step.isEmpty() || step.equals(".") ? 0 : 1;
            assertThat(depth).as(path).isPositive();
        }
        assertThat(depth).isEqualTo(names.size());
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> telling = Arbitraries.of(
                "..", ".", "/", "\\", ":", "C:", " ", "\0", "\n", "con", "NUL", "lpt1", "~", "\u202e", "\u2028",
                "\u00a0", "\uff0e", "\uff0f", "a");
        return Arbitraries.oneOf(telling, Arbitraries.strings().ofMaxLength(3))
                .list()
                .ofMaxSize(6)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<List<String>> paths() {
        return names().array(String[].class).ofMinSize(1).ofMaxSize(5).map(Arrays::asList);
    }
}
