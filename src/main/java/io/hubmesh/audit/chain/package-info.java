/** The chain itself: how a record is hashed, appended, pruned and checked. */
@NullMarked
package io.hubmesh.audit.chain;

import org.jspecify.annotations.NullMarked;
