@NullMarked
package io.hubmesh.api.limits;

import org.jspecify.annotations.NullMarked;
