package io.hubmesh.experiments.events;

import io.hubmesh.kernel.ResourceId;
import java.util.UUID;

/** Somebody has stopped an experiment before its end. */
public record ExperimentStopped(UUID experiment, ResourceId resource, String name) {}
