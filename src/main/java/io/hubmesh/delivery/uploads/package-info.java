/** Uploads: how bytes come in, and how those that were broken off go on. */
@NullMarked
package io.hubmesh.delivery.uploads;

import org.jspecify.annotations.NullMarked;
