package io.hubmesh.accounts;

import java.time.Instant;
import java.util.UUID;

/** A personal access token: lets a script act for its owner. The secret is told once, when it is made. */
public record AccessToken(UUID id, String name, Instant createdAt) {}
