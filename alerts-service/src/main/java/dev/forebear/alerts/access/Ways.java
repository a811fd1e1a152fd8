package dev.forebear.alerts.access;

import io.javalin.http.Context;

/** Ways that requests come by, as the audit trail calls them. */
final class Ways {

    static final String PAGE = "page";
    static final String API = "api";
    static final String SERVICE = "service";

    private Ways() {}

    /** The way of a request of somebody who is not known: a browser's, or a program's. */
    static String of(Context context) {
        boolean browser = context.header("Sec-Fetch-Site") != null || context.header("Origin") != null;
        return browser ? PAGE : API;
    }
}
