package io.hubmesh;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;

/** House rules that the compiler does not know. */
@AnalyzeClasses(packages = "io.hubmesh")
class ArchitectureTests {

    @ArchTest
    static final ArchTests PRODUCT = ArchTests.in(ProductRules.class);

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses()
            .should()
            .callMethodWhere(describe(
                    "the thread sleeps",
                    call -> call.getName().equals("sleep")
                            && isAny(call, "java.lang.Thread", "java.util.concurrent.TimeUnit")))
            .because("waiting for a condition is quicker and does not fail by chance");

    @ArchTest
    static final ArchRule NO_TEST_IS_SKIPPED = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("org.junit.jupiter.api.condition..")
                    .or(named("org.junit.jupiter.api.Disabled"))
                    .or(named("org.junit.jupiter.api.Assumptions"))
                    .or(named("org.assertj.core.api.Assumptions")))
            .because("a test that is skipped proves nothing and is soon forgotten");

    private static DescribedPredicate<JavaClass> named(String name) {
        return HasName.Predicates.name(name).forSubtype();
    }

    private static boolean isAny(JavaCall<?> call, String... owners) {
        return Set.of(owners).contains(call.getTargetOwner().getName());
    }

    @AnalyzeClasses(packages = "io.hubmesh", importOptions = DoNotIncludeTests.class)
    static class ProductRules {

        /** What reads the wall clock of the machine instead of the one that was handed in. */
        private static final Set<String> CLOCK_OWNERS = Set.of(
                "java.time.Instant",
                "java.time.LocalDate",
                "java.time.LocalDateTime",
                "java.time.OffsetDateTime",
                "java.time.ZonedDateTime");

        @ArchTest
        static final ArchRule CONTROLLERS_ARE_PRIVATE = classes()
                .that()
                .areMetaAnnotatedWith(Controller.class)
                .or()
                .areMetaAnnotatedWith(ControllerAdvice.class)
                .should()
                .bePackagePrivate();

        @ArchTest
        static final ArchRule ROWS_ARE_PRIVATE = classes()
                .that()
                .areAssignableTo(Repository.class)
                .or()
                .areAnnotatedWith(Entity.class)
                .should()
                .bePackagePrivate();

        @ArchTest
        static final ArchRule ONLY_THE_KERNEL_READS_THE_CLOCK = noClasses()
                .that()
                .resideOutsideOfPackage("io.hubmesh.kernel..")
                .should()
                .callMethodWhere(describe("the machine's clock is read", ProductRules::readsTheClock))
                .because("time is handed in, so that a test can tell it");

        @ArchTest
        static final ArchRule NOTHING_IS_INJECTED_INTO_FIELDS = noFields()
                .should()
                .beAnnotatedWith(Autowired.class)
                .orShould()
                .beAnnotatedWith(Value.class)
                .orShould()
                .beAnnotatedWith(PersistenceContext.class)
                .because("a constructor says what a class needs");

        private static boolean readsTheClock(JavaCall<?> call) {
            boolean untold = call.getTarget().getRawParameterTypes().isEmpty();
            return (isAny(call, Clock.class.getName()) && call.getName().startsWith("system"))
                    || (isAny(call, "java.lang.System") && call.getName().equals("currentTimeMillis"))
                    || (untold
                            && call.getName().equals("now")
                            && CLOCK_OWNERS.contains(call.getTargetOwner().getName()));
        }
    }
}
