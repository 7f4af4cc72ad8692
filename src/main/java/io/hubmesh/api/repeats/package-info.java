@NullMarked
package io.hubmesh.api.repeats;

import org.jspecify.annotations.NullMarked;
