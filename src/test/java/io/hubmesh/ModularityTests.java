package io.hubmesh;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The rooms and the arrows between them are what each {@code package-info.java} says. */
class ModularityTests {

    @Test
    void roomsUseOnlyWhatTheyMay() {
        ApplicationModules.of(HubmeshApplication.class).verify();
    }
}
