package io.hubmesh.measurement;

import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

interface ResourceCounterRows extends ListCrudRepository<ResourceCounterRow, UUID> {}
