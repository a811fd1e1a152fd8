package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** The link of the first start: shown as often as one likes, good once. */
final class LinkRoutes {

    private static final String NAME = "admin link";

    private final FirstSignIn first;
    private final Door door;
    private final Pages pages;

    LinkRoutes(FirstSignIn first, Door door, Pages pages) {
        this.first = first;
        this.door = door;
        this.pages = pages;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(FirstSignIn.PATH + "{secret}", this::show, OpenTo.EVERYBODY);
        config.routes.post(FirstSignIn.PATH + "{secret}", this::use, OpenTo.EVERYBODY);
    }

    private void show(Context context) {
        if (first.isGood(context.pathParam("secret"))) {
            pages.link(context);
        } else {
            gone(context);
        }
    }

    private void use(Context context) {
        door.requireOurs(context);
        if (first.use(context.pathParam("secret"))) {
            door.open(context, NAME, Role.ADMIN, "by the link of the first start");
            context.redirect("/", HttpStatus.SEE_OTHER);
        } else {
            gone(context);
        }
    }

    private void gone(Context context) {
        door.refuse(context, "the link is not known or not good any more");
        pages.linkGone(context);
    }
}
