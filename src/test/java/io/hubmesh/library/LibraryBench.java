package io.hubmesh.library;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.bench.Report;
import io.hubmesh.bench.Spread;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Level;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;

/**
 * How long pages of lists and searches take in a library of a million files of which 100,000 are in one folder, with the database
 * in a file. {@code -Dhubmesh.bench.files=10000} makes it smaller.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:file:./target/bench/${random.uuid}/db",
            "hubmesh.data=target/bench/${random.uuid}",
            "hubmesh.admin.password=" + HubTest.ADMINISTRATOR_PASSWORD,
            "hubmesh.stun.enabled=false"
        })
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Timeout(value = 1, unit = TimeUnit.HOURS)
class LibraryBench {

    private static final int FILES = Integer.getInteger("hubmesh.bench.files", 1_000_000);
    private static final int IN_ONE_FOLDER = FILES / 10;
    private static final int IN_THE_OTHERS = 10_000;
    private static final int BATCH = 5000;
    private static final int WARM = 20;
    private static final int RUNS = 200;

    private static final String INSERT = "insert into resources (id, parent_id, folder, name, name_key, sort_key,"
            + " search_key, content_id, size_bytes, media_type, sha256, version_number, version_at, peer_delivery,"
            + " changed_at, changed_how, revision) values (?, ?, false, ?, ?, ?, ?, ?, ?, 'text/plain', ?, 1, ?, true, ?,"
            + " 'CREATED', 0)";

    private final HubFixture hub;
    private final FolderLists lists;
    private final Search search;
    private final JdbcTemplate database;
    private final Clock clock;

    LibraryBench(HubFixture hub, FolderLists lists, Search search, JdbcTemplate database, Clock clock) {
        this.hub = hub;
        this.lists = lists;
        this.search = search;
        this.database = database;
        this.clock = clock;
    }

    @Test
    void pagesAreQuickWhereverTheyAre() {
        Report report = new Report("library", "Lists and searches of a large library");
        report.note("%,d files, %,d of them in one folder; H2 in a file; %d runs each.", FILES, IN_ONE_FOLDER, RUNS);
        Resource large = hub.folder();
        fill(large.id(), IN_ONE_FOLDER);
        for (int filled = IN_ONE_FOLDER; filled < FILES; filled += IN_THE_OTHERS) {
            fill(hub.folder().id(), Math.min(IN_THE_OTHERS, FILES - filled));
        }
        Subject reader = hub.member();
        hub.grant(reader, large, Level.READ);
        Report.Section pages = report.section("A page of 100, in ms", "page", "median", "p95", "most");
        for (String sort : List.of("name", "-name", "size", "-size", "changed", "-changed")) {
            Order order = Order.of(sort);
            row(pages, "first by " + sort, () -> lists.children(reader, large.id(), order, null, 100));
            String last = nearTheEnd(large, order);
            row(pages, "last by " + sort, () -> lists.children(reader, large.id(), order, last, 100));
        }
        Report.Section searches = report.section("A search, in ms", "search", "median", "p95", "most");
        Subject administrator = hub.administrator();
        row(searches, "a common word, administrator", () -> search.find(administrator, "report", null, 100));
        row(searches, "a rare word, administrator", () -> search.find(administrator, "0000000077", null, 100), 5);
        row(searches, "a common word, a reader of the folder", () -> search.find(reader, "report", null, 100), 20);
        report.write();
    }

    private void row(Report.Section section, String name, Runnable question) {
        row(section, name, question, RUNS);
    }

    private static void row(Report.Section section, String name, Runnable question, int runs) {
        for (int run = 0; run < Math.min(WARM, runs); run++) {
            question.run();
        }
        double[] took = new double[runs];
        for (int run = 0; run < runs; run++) {
            long before = System.nanoTime();
            question.run();
            took[run] = (System.nanoTime() - before) / 1e6;
        }
        Spread spread = Spread.of(took);
        section.row(name, spread.median(), spread.p95(), spread.most());
    }

    /** The cursor of the page that is the last: walking backwards from the end is the other order's first page. */
    private @Nullable String nearTheEnd(Resource folder, Order order) {
        Order backwards = new Order(order.by(), !order.descending());
        List<ResourcePage.Item> items = lists.children(hub.administrator(), folder.id(), backwards, null, 101)
                .items();
        return ListPlace.behind(items.get(items.size() - 1).resource(), order).cursor();
    }

    private void fill(ResourceId folder, int count) {
        Timestamp now = Timestamp.from(clock.instant());
        for (int from = 0; from < count; from += BATCH) {
            List<Object[]> rows = new ArrayList<>();
            for (int number = from; number < Math.min(from + BATCH, count); number++) {
                UUID id = UUID.randomUUID();
                String name = "Report " + number + " of " + String.format("%010d", number * 7L % 1_000_003) + ".txt";
                String hash = String.format("%064x", id.getMostSignificantBits() & Long.MAX_VALUE);
                rows.add(new Object[] {
                    id,
                    folder.value(),
                    name,
                    name.toLowerCase(java.util.Locale.ROOT),
                    NameKeys.sortKey(name),
                    NameKeys.searchKey(name),
                    hash,
                    (long) number % 10_000,
                    hash,
                    now,
                    new Timestamp(now.getTime() - number % 50_000L)
                });
            }
            database.batchUpdate(INSERT, rows);
        }
    }
}
