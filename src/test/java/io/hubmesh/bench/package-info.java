/** What benches share: the machine, the spread of what was measured, and how it is written down. */
@NullMarked
package io.hubmesh.bench;

import org.jspecify.annotations.NullMarked;
