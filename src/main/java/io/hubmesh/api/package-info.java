/** The REST API as a product: its document, how many requests are answered, and answers that are given once. Knows no other room's endpoints by name. */
@ApplicationModule(allowedDependencies = {"kernel", "web", "accounts"})
@NullMarked
package io.hubmesh.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
