@NullMarked
package io.hubmesh.measurement.store;

import org.jspecify.annotations.NullMarked;
