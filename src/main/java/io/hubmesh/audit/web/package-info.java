@NullMarked
package io.hubmesh.audit.web;

import org.jspecify.annotations.NullMarked;
