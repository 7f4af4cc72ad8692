package io.hubmesh.mesh.keeping;

/**
 * How a file stands.
 *
 * @param copies how many peers are to hold all of it; 0 for none
 * @param holding how many hold all of it now
 */
public record KeptCopies(int copies, int holding) {}
