package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import java.util.List;

/** The way from the library to a resource, as pages show it. */
final class Paths {

    private Paths() {}

    /** The readable folders above, top first, without the top folder itself, which "Library" stands for. */
    static List<Resource> above(Library library, Subject subject, Resource resource) {
        return library.path(subject, resource.id()).stream()
                .filter(step -> !step.id().equals(ResourceId.ROOT) && !step.id().equals(resource.id()))
                .toList();
    }
}
