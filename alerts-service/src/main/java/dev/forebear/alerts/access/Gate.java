package dev.forebear.alerts.access;

import io.javalin.http.Context;

/** Tells who asks. */
sealed interface Gate permits OpenGate {

    /**
     * Who asks.
     *
     * @throws io.javalin.http.HttpResponseException when they are nobody, or on a way that is not theirs
     */
    Caller caller(Context context);
}
