package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Set;

/**
 * What stands before every route: each needs a viewer at least, unless it is one of the few that are open to everybody.
 * It is the route that is looked at, not the path that was sent, so no way of writing a path leads round it. Add these
 * before all others.
 */
public final class AccessRoutes {

    /** Routes of the process itself, as load balancers and Prometheus ask for them. */
    private static final Set<String> OF_THE_PROCESS = Set.of("/health/live", "/health/ready", "/metrics");

    private final Access access;

    public AccessRoutes(Access access) {
        this.access = access;
    }

    public void addTo(JavalinConfig config) {
        config.routes.beforeMatched(this::requireViewer);
    }

    private void requireViewer(Context context) {
        if (!isOpen(context)) {
            access.require(context, Role.VIEWER);
        }
    }

    private static boolean isOpen(Context context) {
        return context.routeRoles().contains(OpenTo.EVERYBODY)
                || OF_THE_PROCESS.contains(context.endpoints().matchedHttpEndpoint().path);
    }
}
