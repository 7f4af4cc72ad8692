/** Hears what the other rooms tell, and makes records of it. */
@NullMarked
package io.hubmesh.audit.facts;

import org.jspecify.annotations.NullMarked;
