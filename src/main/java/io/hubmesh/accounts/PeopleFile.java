package io.hubmesh.accounts;

import io.hubmesh.accounts.ImportPlan.LineProblem;
import io.hubmesh.accounts.ImportPlan.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads people from comma-separated values (RFC 4180): the first line names the columns, each other line is somebody. */
final class PeopleFile {

    /** In characters; about 500 people with all that may be said of them. */
    static final int LARGEST = 256 * 1024;

    /** Each gets a password, and hashing one takes a good part of a second on purpose. */
    static final int MOST_PEOPLE = 500;

    private static final int MOST_GROUPS = 20;
    private static final String NAME = "name";
    private static final String DISPLAY_NAME = "displayname";
    private static final String ROLE = "role";
    private static final String GROUPS = "groups";
    private static final Set<String> COLUMNS = Set.of(NAME, DISPLAY_NAME, ROLE, GROUPS);
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setTrim(true).get();

    private final String text;
    private final List<Person> people = new ArrayList<>();
    private final List<LineProblem> problems = new ArrayList<>();
    private List<String> columns = List.of();

    /** How far lines have been counted, and to what. */
    private int counted;

    private long line = 1;

    private PeopleFile(String text) {
        this.text = text;
    }

    static PeopleFile read(String csv) {
        PeopleFile file = new PeopleFile(csv.startsWith("\uFEFF") ? csv.substring(1) : csv);
        if (csv.length() > LARGEST) {
            file.refuse(1, "This is too much at once: at most 256 KiB. Import it in parts.");
        } else {
            file.readAll();
        }
        return file;
    }

    List<Person> people() {
        return people;
    }

    List<LineProblem> problems() {
        return problems;
    }

    private void readAll() {
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                refuse(1, "There is nothing in it. Begin with a line of columns: name,display name,role,groups");
            } else if (readColumns(records.next())) {
                while (records.hasNext() && people.size() + problems.size() <= MOST_PEOPLE) {
                    readPerson(records.next());
                }
                requireSome();
            }
        } catch (UncheckedIOException | IOException malformed) {
            refuse(line, "From here on it cannot be read as comma-separated values. Is a quotation mark left open?");
        }
    }

    private void requireSome() {
        if (people.size() + problems.size() > MOST_PEOPLE) {
            refuse(line, "These are too many at once: at most " + MOST_PEOPLE + " people. Import them in parts.");
        } else if (people.isEmpty() && problems.isEmpty()) {
            refuse(1, "There is nobody in it. Add a line for each person below the columns.");
        }
    }

    private boolean readColumns(CSVRecord record) {
        count(record);
        columns = record.stream().map(PeopleFile::column).toList();
        for (String column : columns) {
            if (!COLUMNS.contains(column)) {
                refuse(line, "There is no column “" + column + "”. Name them: name,display name,role,groups");
                return false;
            }
        }
        if (!columns.contains(NAME) || Set.copyOf(columns).size() != columns.size()) {
            refuse(line, "The columns need a name, and each of them once: name,display name,role,groups");
            return false;
        }
        return true;
    }

    private void readPerson(CSVRecord record) {
        count(record);
        if (record.size() > columns.size()) {
            refuse(line, "This line has more values than there are columns. Quote values that contain commas.");
            return;
        }
        List<String> groups = Arrays.stream(value(record, GROUPS).split(";"))
                .map(String::strip)
                .filter(group -> !group.isEmpty())
                .distinct()
                .toList();
        if (groups.size() > MOST_GROUPS) {
            refuse(line, "These are too many groups: at most " + MOST_GROUPS + " for each person.");
            return;
        }
        switch (value(record, ROLE).toLowerCase(Locale.ROOT)) {
            case "", "member" -> add(record, Role.MEMBER, groups);
            case "administrator" -> add(record, Role.ADMINISTRATOR, groups);
            default -> refuse(line, "The role is member or administrator; left empty, it is member.");
        }
    }

    private void add(CSVRecord record, Role role, List<String> groups) {
        String name = Accounts.canonical(value(record, NAME));
        String displayName = value(record, DISPLAY_NAME);
        people.add(new Person(line, name, displayName.isEmpty() ? name : displayName, role, groups));
    }

    private String value(CSVRecord record, String column) {
        int at = columns.indexOf(column);
        return at < 0 || at >= record.size() ? "" : record.get(at);
    }

    /** Finds the line on which a record begins: records may hold line breaks, and empty lines count. */
    private void count(CSVRecord record) {
        int begin = (int) record.getCharacterPosition();
        while (begin < text.length() && (text.charAt(begin) == '\n' || text.charAt(begin) == '\r')) {
            begin++;
        }
        while (counted < begin) {
            if (text.charAt(counted++) == '\n') {
                line++;
            }
        }
    }

    private void refuse(long where, String detail) {
        problems.add(new LineProblem(where, detail));
    }

    private static String column(String header) {
        return header.toLowerCase(Locale.ROOT).replace(" ", "").replace("_", "").replace("-", "");
    }
}
