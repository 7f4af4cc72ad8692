@NullMarked
package io.hubmesh.library.web;

import org.jspecify.annotations.NullMarked;
