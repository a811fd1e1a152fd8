package dev.forebear.alerts.access;

import io.javalin.security.RouteRole;

/** Whom a route is open to that says so; every other route needs at least the role of a viewer. */
public enum OpenTo implements RouteRole {
    /** Whoever asks: signing in, files of the page without data, and what proves itself by a signature. */
    EVERYBODY
}
