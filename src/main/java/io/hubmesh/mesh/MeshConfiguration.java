package io.hubmesh.mesh;

import io.hubmesh.mesh.admission.HubKeys;
import io.hubmesh.mesh.settings.SettingsBook;
import io.hubmesh.mesh.stun.StunServer;
import io.hubmesh.mesh.stun.StunSettings;
import io.hubmesh.mesh.swarm.InMemoryRegistry;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.ticket.Tickets;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands the pure parts of the room their clock, their chance and their keys. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StunSettings.class)
class MeshConfiguration {

    private final SecureRandom random = new SecureRandom();

    @Bean
    Registry peerRegistry(Clock clock, SettingsBook settings) {
        return new InMemoryRegistry(clock, random, () -> settings.now().leases());
    }

    @Bean
    Tickets tickets(HubKeys keys, SettingsBook settings, Clock clock) {
        return new Tickets(keys.identity(), () -> settings.now().grace(), clock, random);
    }

    @Bean
    StunServer stunServer(StunSettings settings, Clock clock) {
        return new StunServer(settings, clock);
    }
}
