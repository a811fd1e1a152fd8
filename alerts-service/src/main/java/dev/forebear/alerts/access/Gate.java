package dev.forebear.alerts.access;

import io.javalin.http.Context;

/** Tells who asks. */
sealed interface Gate permits OpenGate, SignInGate {

    /**
     * Looks at a request before anything else does, whatever it asks for.
     *
     * @throws io.javalin.http.HttpResponseException when it came on a way that leads nowhere
     */
    void check(Context context);

    /**
     * Lets somebody in.
     *
     * @throws io.javalin.http.HttpResponseException when they are nobody, or were sent by a page of somebody else
     */
    Admission admit(Context context);
}
