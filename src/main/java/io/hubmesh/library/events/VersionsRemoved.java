package io.hubmesh.library.events;

import io.hubmesh.kernel.ResourceId;
import java.util.List;

/**
 * Earlier versions of a file are gone for good.
 *
 * @param byPolicy whether it was because no more are kept, or not for longer, rather than because somebody removed them
 */
public record VersionsRemoved(ResourceId resource, List<Integer> numbers, boolean byPolicy) {}
