package io.hubmesh.operations;

import java.time.Instant;

/**
 * One backup.
 *
 * @param name of its folder
 * @param contents how many contents it needs
 * @param databaseBytes of the database, packed
 */
public record Backup(String name, Instant madeAt, int contents, long databaseBytes) {}
