package io.hubmesh;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the hub. */
@SpringBootApplication
@EnableScheduling
public class HubmeshApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(HubmeshApplication.class, arguments);
    }
}
