@NullMarked
package io.hubmesh.api.document;

import org.jspecify.annotations.NullMarked;
