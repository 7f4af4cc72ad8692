package io.hubmesh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one run of a bench has seen. {@link #write} leaves two files in {@code src/docs/measurements}, or where the system
 * property {@value #FOLDER} says: a table to read and everything behind it.
 */
public final class Report {

    private static final String FOLDER = "hubmesh.bench.folder";
    private static final DateTimeFormatter TO_THE_MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String name;
    private final String title;
    private final Machine machine = Machine.here();
    private final List<Double> loads = new ArrayList<>(List.of(Machine.load()));
    private final List<String> notes = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    /**
     * Begins a run.
     *
     * @param name what its files' names begin with: one word in small letters, for example {@code downloads}
     * @param title what a person reads above the tables
     */
    public Report(String name, String title) {
        this.name = name;
        this.title = title;
    }

    /** A sentence above the tables. */
    public void note(String format, Object... values) {
        notes.add(String.format(Locale.ROOT, format, values));
    }

    /** Begins a table. The first column names the row. */
    public Section section(String heading, String... columns) {
        Section section = new Section(heading, List.of(columns));
        sections.add(section);
        return section;
    }

    /** One table of a report. */
    public final class Section {

        private final String heading;
        private final List<String> columns;
        private final List<List<Object>> rows = new ArrayList<>();

        private Section(String heading, List<String> columns) {
            this.heading = heading;
            this.columns = columns;
        }

        /**
         * Adds a row, and looks at the load.
         *
         * @param cells numbers, {@link Spread}s or texts, one a column
         */
        public void row(Object... cells) {
            if (cells.length != columns.size()) {
                throw new IllegalArgumentException(columns.size() + " cells are needed for " + columns);
            }
            loads.add(Machine.load());
            rows.add(List.of(cells));
        }

        private String toMarkdown() {
            List<String> lines = new ArrayList<>(List.of("## " + heading, "", line(columns)));
            lines.add(line(columns.stream().map(column -> "---").toList()));
            rows.forEach(row -> lines.add(line(row.stream().map(Report::text).toList())));
            return String.join("\n", lines) + "\n";
        }

        private Map<String, Object> toJson() {
            List<Map<String, Object>> told = new ArrayList<>();
            for (List<Object> row : rows) {
                Map<String, Object> cells = new LinkedHashMap<>();
                for (int column = 0; column < columns.size(); column++) {
                    cells.put(columns.get(column), row.get(column));
                }
                told.add(cells);
            }
            return Map.of("heading", heading, "rows", told);
        }
    }

    /** Ends the run: writes both files. */
    public void write() {
        writeTo(Path.of(System.getProperty(FOLDER, "src/docs/measurements")));
    }

    void writeTo(Path folder) {
        loads.add(Machine.load());
        String file = name + "-" + TO_THE_MINUTE.format(machine.at()) + "-" + machine.commit();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(file + ".md"), toMarkdown());
            Files.writeString(folder.resolve(file + ".json"), toJson() + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String toMarkdown() {
        return "# %s, %s%n%n%s%n%nLoad average while it ran: %s to %s.%n%n%s%n%s"
                .formatted(
                        title,
                        machine.at().atZone(ZoneOffset.UTC).toLocalDate(),
                        machine,
                        text(leastLoad()),
                        text(mostLoad()),
                        notes.stream().map(note -> note + "\n\n").collect(Collectors.joining()),
                        sections.stream().map(Section::toMarkdown).collect(Collectors.joining("\n")))
                .replace(System.lineSeparator(), "\n")
                .replace("\n\n\n", "\n\n");
    }

    private String toJson() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.put("load", Map.of("least", leastLoad(), "most", mostLoad()));
        all.put("notes", notes);
        all.put("sections", sections.stream().map(Section::toJson).toList());
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(all);
    }

    private double leastLoad() {
        return loads.stream().mapToDouble(load -> load).min().orElseThrow();
    }

    private double mostLoad() {
        return loads.stream().mapToDouble(load -> load).max().orElseThrow();
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String text(Object cell) {
        return cell instanceof Double || cell instanceof Float
                ? Spread.text(((Number) cell).doubleValue())
                : cell.toString();
    }
}
