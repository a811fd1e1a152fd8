package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.Role;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.util.Locale;

/** Decides who a request is from and what they may do. Thread-safe. */
public final class Access {

    private static final String CALLER = "forebear.caller";

    private final Gate gate;
    private final AuditTrail audit;

    private Access(Gate gate, AuditTrail audit) {
        this.gate = gate;
        this.audit = audit;
    }

    /** Everybody may do everything. */
    public static Access open(AuditTrail audit) {
        return new Access(new OpenGate(), audit);
    }

    /**
     * Who asks, when they may do what somebody of that role may.
     *
     * @throws io.javalin.http.UnauthorizedResponse when nobody is signed in
     * @throws ForbiddenResponse when the role is not enough; a refused write is in the audit trail
     */
    public Caller require(Context context, Role least) {
        Caller caller = caller(context);
        if (!caller.may(least)) {
            audit.writeLater(audit.entry(caller.name(), "access.refused", template(context), caller.via())
                    .setRole(caller.role())
                    .setAddress(caller.address())
                    .setRefused(true)
                    .setDetail("needs the role " + word(least))
                    .build());
            throw new ForbiddenResponse(
                    "expected the role " + word(least) + ", found " + word(caller.role()) + " of " + caller.name());
        }
        return caller;
    }

    private Caller caller(Context context) {
        Caller known = context.attribute(CALLER);
        if (known != null) {
            return known;
        }
        Caller caller = gate.caller(context);
        context.attribute(CALLER, caller);
        return caller;
    }

    /** Method and path of the route, without what somebody put into it. */
    private static String template(Context context) {
        return context.method() + " " + context.endpoints().matchedHttpEndpoint().path;
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
