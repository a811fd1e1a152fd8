package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.Role;
import io.javalin.http.Context;

/**
 * Lets everybody in who reaches the loopback interface, as the one who may do everything. Pages of others that the
 * browser of somebody here shows are kept out: they are told by the name they reach us by, and by where they are from.
 */
final class OpenGate implements Gate {

    private final CrossSite crossSite;
    private final Refusals refusals;

    OpenGate(CrossSite crossSite, Refusals refusals) {
        this.crossSite = crossSite;
        this.refusals = refusals;
    }

    // A page of somebody else whose name was made to lead to this machine sends its own name.
    @Override
    public void check(Context context) {
        String host = context.header("Host");
        if (host == null || !Loopback.isHostAndPort(host)) {
            throw refusals.forbidden(context, null, "the name is not one of this machine; open access is local only");
        }
    }

    @Override
    public Admission admit(Context context) {
        var caller = new Caller("local", Role.ADMIN, Ways.of(context), context.ip());
        if (caller.via().equals(Ways.PAGE)) {
            crossSite.check(context, caller);
        }
        return new Admission(caller, null, () -> true);
    }
}
