@NullMarked
package io.hubmesh.library.store;

import org.jspecify.annotations.NullMarked;
