@NullMarked
package io.hubmesh.permissions.store;

import org.jspecify.annotations.NullMarked;
