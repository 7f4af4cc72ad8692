@NullMarked
package io.hubmesh.experiments.web;

import org.jspecify.annotations.NullMarked;
