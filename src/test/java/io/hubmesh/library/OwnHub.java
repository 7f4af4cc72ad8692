package io.hubmesh.library;

import io.hubmesh.HubTest;
import io.hubmesh.HubmeshApplication;
import java.nio.file.Path;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A hub for tests and benches that the framework of the other tests does not start. */
final class OwnHub {

    private OwnHub() {}

    /** With its data in this folder and its database there too; on any port. */
    static ConfigurableApplicationContext start(Path data) {
        return new SpringApplicationBuilder(HubmeshApplication.class)
                .run(
                        "--server.port=0",
                        "--hubmesh.data=" + data,
                        "--hubmesh.admin.password=" + HubTest.ADMINISTRATOR_PASSWORD,
                        "--hubmesh.stun.enabled=false");
    }
}
