package io.hubmesh.api.document;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/** Names of schemas: several controllers have a record {@code Wanted}, so that each is named after the controller, too. */
class SchemaNames extends TypeNameResolver {

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null
                ? super.nameForClass(type, options)
                : outer.getSimpleName().replace("Controller", "") + type.getSimpleName();
    }
}
