package dev.forebear.alerts.api;

import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.Caller;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code /me}: who asks, and for how long they may. */
final class MeRoutes {

    private final Access access;

    MeRoutes(Access access) {
        this.access = access;
    }

    /**
     * Who asks.
     *
     * @param open whether nobody signs in here
     */
    record View(
            String name,
            String role,
            String via,
            boolean open,
            @Nullable String endsAt) {}

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/me", this::me);
    }

    private void me(Context context) {
        Caller caller = access.require(context, Role.VIEWER);
        Instant end = access.admission(context).endsAt();
        Answers.plain(
                context,
                new View(
                        caller.name(),
                        Json.word(caller.role()),
                        caller.via(),
                        access.isOpen(),
                        end == null ? null : end.toString()));
    }
}
