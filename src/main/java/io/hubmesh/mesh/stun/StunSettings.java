package io.hubmesh.mesh.stun;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hub answers STUN.
 *
 * @param enabled whether it does
 * @param port UDP port; 0 takes any free one, a negative one switches it off
 * @param advertised {@code stun:host:port} addresses that peers are told of instead of the hub's own
 */
@ConfigurationProperties("hubmesh.stun")
public record StunSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("3478") int port,
        @DefaultValue List<String> advertised) {}
