package io.hubmesh.library;

import io.hubmesh.HubTest;
import io.hubmesh.HubmeshApplication;
import java.nio.file.Path;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A hub for tests and benches that the framework of the other tests does not start. */
public final class OwnHub {

    private OwnHub() {}

    /**
     * With its data in this folder and its database there too; on any port.
     *
     * @param more what a test adds to it
     */
    public static ConfigurableApplicationContext start(Path data, Class<?>... more) {
        return new SpringApplicationBuilder(HubmeshApplication.class)
                .sources(more)
                .run(
                        "--server.port=0",
                        "--hubmesh.data=" + data,
                        "--hubmesh.admin.password=" + HubTest.ADMINISTRATOR_PASSWORD,
                        "--hubmesh.stun.enabled=false");
    }
}
