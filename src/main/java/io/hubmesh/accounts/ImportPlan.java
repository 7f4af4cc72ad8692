package io.hubmesh.accounts;

import java.util.List;

/**
 * What an import of people would do; nothing while there is a problem.
 *
 * @param people in the order of their lines
 * @param newGroups names of the groups that it would make, in the order in which they are met
 * @param problems in the order of their lines
 */
public record ImportPlan(List<Person> people, List<String> newGroups, List<LineProblem> problems) {

    public ImportPlan {
        people = List.copyOf(people);
        newGroups = List.copyOf(newGroups);
        problems = List.copyOf(problems);
    }

    /** @param groups names of groups, those that there are and those that would be made */
    public record Person(long line, String name, String displayName, Role role, List<String> groups) {

        public Person {
            groups = List.copyOf(groups);
        }

        NewAccount toAccount() {
            return new NewAccount(name, displayName, null, role);
        }
    }

    /**
     * What is wrong, and what to do about it.
     *
     * @param line counted from 1
     */
    public record LineProblem(long line, String detail) {}

    public boolean isSound() {
        return problems.isEmpty();
    }
}
