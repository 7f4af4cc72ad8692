package io.hubmesh.web.events;

import io.hubmesh.kernel.ProblemCode;

/**
 * A request was answered by a problem that means: you may not, or not so much.
 *
 * @param path as it was asked for, or its pattern where it is known: ids in it may be known to their holders alone
 */
public record RequestRefused(ProblemCode code, String method, String path) {}
