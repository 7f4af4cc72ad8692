@NullMarked
package io.hubmesh.mesh.web;

import org.jspecify.annotations.NullMarked;
