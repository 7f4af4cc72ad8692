package io.hubmesh;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;

/**
 * A whole hub on a free port, with a database in memory, data in a folder of its own and an administrator whose password
 * is {@link #ADMINISTRATOR_PASSWORD}. Classes that carry it share one hub, so each makes the accounts and resources that
 * it needs.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:hub-${random.uuid};LOCK_TIMEOUT=20000", // as in the application's own
            "hubmesh.data=target/hub-tests/${random.uuid}",
            "hubmesh.admin.password=" + HubTest.ADMINISTRATOR_PASSWORD,
            "hubmesh.stun.enabled=false"
        })
@AutoConfigureMockMvc
public @interface HubTest {

    String ADMINISTRATOR_PASSWORD = "a good password";
}
