package dev.forebear.alerts.page;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests in a browser one dashboard; skips them, saying so, where there is no browser. */
final class DashboardExtension implements ExecutionCondition, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(DashboardExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.isInstalled()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        context.getRoot().getStore(NAMESPACE).computeIfAbsent("said", key -> {
            System.out.println(Chromium.MISSING);
            return key;
        });
        return ConditionEvaluationResult.disabled(Chromium.MISSING);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Dashboard.class;
    }

    @Override
    public Dashboard resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Start.class, key -> Start.attempt(), Start.class)
                .dashboard();
    }

    /** A start that failed is not tried again for every test. */
    private record Start(
            @Nullable Dashboard started, @Nullable Throwable failure) implements AutoCloseable {

        static Start attempt() {
            try {
                return new Start(Dashboard.start(), null);
            } catch (Exception e) {
                return new Start(null, e);
            }
        }

        Dashboard dashboard() {
            if (started == null) {
                throw new AssertionError("the dashboard did not start", failure);
            }
            return started;
        }

        @Override
        public void close() {
            if (started != null) {
                started.close();
            }
        }
    }
}
