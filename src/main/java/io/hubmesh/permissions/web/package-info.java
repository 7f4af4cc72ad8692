@NullMarked
package io.hubmesh.permissions.web;

import org.jspecify.annotations.NullMarked;
