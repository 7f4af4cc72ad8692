package io.hubmesh.experiments.events;

import io.hubmesh.kernel.ResourceId;
import java.util.UUID;

/** Somebody has begun an experiment with a file and that many receivers. */
public record ExperimentStarted(UUID experiment, ResourceId resource, String name, int receivers) {}
