package io.hubmesh.mesh.swarm;

import java.time.Clock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

class InMemoryNeighboursTests extends NeighboursContract {

    @Override
    Registry registry(Clock clock, RandomGenerator random, Supplier<LeasePolicy> policy) {
        return new InMemoryRegistry(clock, random, policy);
    }
}
