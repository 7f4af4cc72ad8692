package io.hubmesh;

import io.hubmesh.audit.VerifyAudit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the hub; or checks its audit, when that is asked for. */
@SpringBootApplication
@EnableScheduling
public class HubmeshApplication {

    public static void main(String[] arguments) {
        if (VerifyAudit.isAsked(arguments)) {
            System.exit(VerifyAudit.run(System.out, arguments));
        }
        SpringApplication.run(HubmeshApplication.class, arguments);
    }
}
