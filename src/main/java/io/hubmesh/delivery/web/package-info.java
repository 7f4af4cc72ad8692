@NullMarked
package io.hubmesh.delivery.web;

import org.jspecify.annotations.NullMarked;
