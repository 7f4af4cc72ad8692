package io.hubmesh.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param data the directory that holds everything the hub keeps ({@code HUBMESH_DATA}) */
@ConfigurationProperties("hubmesh")
record StorageSettings(Path data) {}
