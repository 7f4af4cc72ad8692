@org.jspecify.annotations.NullMarked
package io.hubmesh;
