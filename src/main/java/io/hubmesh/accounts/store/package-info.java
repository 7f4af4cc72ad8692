@NullMarked
package io.hubmesh.accounts.store;

import org.jspecify.annotations.NullMarked;
