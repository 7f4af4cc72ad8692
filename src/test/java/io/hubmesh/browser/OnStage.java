package io.hubmesh.browser;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one {@link Stage} to every story, and takes it down after the last. */
final class OnStage implements ParameterResolver, AfterEachCallback {

    private static final Namespace STORIES = Namespace.create(OnStage.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stage(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stage(context).clear();
    }

    private static Stage stage(ExtensionContext context) {
        return context.getRoot().getStore(STORIES).computeIfAbsent(Stage.class, key -> new Stage(), Stage.class);
    }
}
