@NullMarked
package io.hubmesh.experiments;

import org.jspecify.annotations.NullMarked;
