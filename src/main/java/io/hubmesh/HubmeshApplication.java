package io.hubmesh;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the hub. */
@SpringBootApplication
public class HubmeshApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(HubmeshApplication.class, arguments);
    }
}
