package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.router.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What stands before every route: each needs a viewer at least, unless it is one of the few that are open to everybody.
 * It is the route that is looked at, not the path that was sent, so no way of writing a path leads round it. Add these
 * before all others.
 */
public final class AccessRoutes {

    /** Routes of the process itself, as load balancers and Prometheus ask for them. */
    private static final Set<String> OF_THE_PROCESS = Set.of("/health/live", "/health/ready", "/metrics");
    /** Files of the page, which hold no data. */
    private static final String ASSETS = "/assets/";

    private static final String API = "/api/";

    private final Access access;
    private final List<Consumer<JavalinConfig>> own;

    public AccessRoutes(Access access) {
        this(access, List.of());
    }

    /** @param own routes of signing in */
    AccessRoutes(Access access, List<Consumer<JavalinConfig>> own) {
        this.access = access;
        this.own = List.copyOf(own);
    }

    public void addTo(JavalinConfig config) {
        config.routes.before(access::receive);
        config.routes.beforeMatched(this::requireViewer);
        own.forEach(routes -> routes.accept(config));
    }

    private void requireViewer(Context context) {
        String route = route(context);
        if (isOpen(context, route)) {
            return;
        }
        try {
            access.require(context, Role.VIEWER);
        } catch (UnauthorizedResponse e) {
            if (route.startsWith(API) || context.method() != HandlerType.GET) {
                throw e;
            }
            // People who open a page are shown where to sign in.
            String to = URLEncoder.encode(context.path(), StandardCharsets.UTF_8);
            context.redirect("/sign-in?to=" + to, HttpStatus.SEE_OTHER);
            context.skipRemainingHandlers();
        }
    }

    /** The path that the route was declared with; empty for HEAD of what is declared for GET, which nobody needs. */
    private static String route(Context context) {
        Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
        return endpoint == null ? "" : endpoint.path;
    }

    private static boolean isOpen(Context context, String route) {
        return context.routeRoles().contains(OpenTo.EVERYBODY)
                || OF_THE_PROCESS.contains(route)
                || route.startsWith(ASSETS);
    }
}
