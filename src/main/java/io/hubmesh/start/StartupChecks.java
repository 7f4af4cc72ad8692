package io.hubmesh.start;

import io.hubmesh.kernel.Time;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Looks at the data directory, the database and the port before anything is built on them, so that a hub that cannot start
 * says why in one message instead of many.
 */
class StartupChecks implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String DATA = "hubmesh.data";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        String named = environment.getProperty(DATA);
        if (named != null) {
            Path directory = DataDirectory.prepare(named);
            Map<String, Object> found = new HashMap<>(
                    Tls.properties(environment, directory, Time.clock().instant()));
            // From here on it is absolute: the database does not accept a path that hangs on the working directory.
            found.put(DATA, directory.toString());
            environment.getPropertySources().addFirst(new MapPropertySource("startupChecks", found));
        }
        Restoring.begin(environment);
        DatabaseFile.check(environment);
        ServerPort.check(environment);
    }
}
