package io.hubmesh.operations;

import java.time.Instant;

/**
 * What one check of all contents found.
 *
 * @param contents how many were read
 * @param bytes how much was read
 */
public record ScrubReport(Instant startedAt, Instant finishedAt, long contents, long bytes) {}
