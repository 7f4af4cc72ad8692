@NullMarked
package io.hubmesh.measurement.web;

import org.jspecify.annotations.NullMarked;
