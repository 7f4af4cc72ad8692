package io.hubmesh.accounts;

import java.time.Instant;
import java.util.UUID;

/**
 * Where somebody is signed in.
 *
 * @param id names it to its owner; tells nothing about the cookie
 * @param begunAt when they signed in
 * @param lastUsedAt when the hub was asked for something last
 * @param browser in words, for example {@code Firefox on Linux}
 * @param address the network address that it was used from last
 */
public record LiveSession(UUID id, Instant begunAt, Instant lastUsedAt, String browser, String address) {}
