/** Stories told in a real browser against a real hub, and what they need to be told. */
@NullMarked
package io.hubmesh.browser;

import org.jspecify.annotations.NullMarked;
