package io.hubmesh.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.accounts.ImportPlan.LineProblem;
import io.hubmesh.accounts.ImportPlan.Person;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeopleFileTests {

    @Test
    void everythingThatMayBeSaidIsRead() {
        PeopleFile file = PeopleFile.read("\uFEFFGroups,Display Name,name,ROLE\r\n"
                + "\"Year 3; Film;Year 3\",\"Lindqvist, \"\"Mia\"\"\", Mia ,Administrator\r\n"
                + "\r\n"
                + ",\"two\nlines\",bo\r\n"
                + ",,ada,member");

        assertThat(file.problems()).isEmpty();
        assertThat(file.people())
                .containsExactly(
                        new Person(2, "mia", "Lindqvist, \"Mia\"", Role.ADMINISTRATOR, List.of("Year 3", "Film")),
                        new Person(4, "bo", "two\nlines", Role.MEMBER, List.of()),
                        new Person(6, "ada", "ada", Role.MEMBER, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "none", textBlock = """
            ~~                        | 1 | There is nothing in it.
            name                      | 1 | There is nobody in it.
            shoe size,name\\nx,y      | 1 | There is no column “shoesize”.
            name;role\\nmia;member    | 1 | There is no column “name;role”.
            role\\nmember             | 1 | The columns need a name
            name,Name\\na,b           | 1 | The columns need a name
            name\\nmia\\n\\nbo,x      | 4 | This line has more values
            name,role\\nmia,owner     | 2 | The role is member or administrator
            name\\n"mia               | 1 | From here on it cannot be read
            """)
    void whatIsWrongIsToldByLine(String csv, long line, String detail) {
        List<LineProblem> problems = PeopleFile.read(csv.replace("\\n", "\n")).problems();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.detail()).startsWith(detail);
            assertThat(problem.line()).isEqualTo(line);
        });
    }

    @Test
    void thereAreBounds() {
        String many = "name\n" + "mia\n".repeat(PeopleFile.MOST_PEOPLE + 1);
        String groups = "name,groups\nmia," + "a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r;s;t;u\n";

        assertThat(PeopleFile.read(many).problems())
                .extracting(LineProblem::line)
                .containsExactly(PeopleFile.MOST_PEOPLE + 2L);
        assertThat(PeopleFile.read("name\n" + "mia\n".repeat(PeopleFile.MOST_PEOPLE))
                        .problems())
                .isEmpty();
        assertThat(PeopleFile.read(groups).problems()).hasSize(1);
        assertThat(PeopleFile.read("x".repeat(PeopleFile.LARGEST + 1)).problems())
                .hasSize(1);
    }
}
