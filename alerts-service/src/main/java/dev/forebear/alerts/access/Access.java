package dev.forebear.alerts.access;

import dev.forebear.alerts.readmodel.Words;
import dev.forebear.schemas.wire.Role;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Decides who a request is from and what they may do. Thread-safe. */
public final class Access {

    private static final String ADMISSION = "forebear.admission";

    private final Gate gate;
    private final Refusals refusals;
    private final SecurityHeaders headers;

    Access(Gate gate, Refusals refusals, SecurityHeaders headers) {
        this.gate = gate;
        this.refusals = refusals;
        this.headers = headers;
    }

    /** Everybody on this machine may do everything. */
    public static Access open(AuditTrail audit) {
        Supplier<URI> page = () -> URI.create("http://localhost");
        var refusals = new Refusals(audit, InstantSource.system());
        return new Access(new OpenGate(new CrossSite(page, refusals), refusals), refusals, new SecurityHeaders(page));
    }

    /** Whether nobody signs in: everybody on this machine may do everything. */
    public boolean isOpen() {
        return gate instanceof OpenGate;
    }

    /**
     * Who asks, when they may do what somebody of that role may.
     *
     * @throws io.javalin.http.UnauthorizedResponse when nobody is signed in
     * @throws ForbiddenResponse when the role is not enough; that is in the audit trail
     */
    public Caller require(Context context, Role least) {
        Caller caller = admission(context).caller();
        if (!caller.may(least)) {
            throw refusals.forbidden(
                    context,
                    caller,
                    "expected the role " + Words.of(least) + ", found " + Words.of(caller.role()) + " of "
                            + caller.name());
        }
        return caller;
    }

    /**
     * That somebody was let in.
     *
     * @throws io.javalin.http.UnauthorizedResponse when nobody is signed in
     */
    public Admission admission(Context context) {
        Admission known = context.attribute(ADMISSION);
        if (known != null) {
            return known;
        }
        Admission admission = gate.admit(context);
        context.attribute(ADMISSION, admission);
        return admission;
    }

    /**
     * Before anything else, for every request.
     *
     * @throws io.javalin.http.HttpResponseException when it came on a way that leads nowhere
     */
    void receive(Context context) {
        headers.set(context);
        if (PathTricks.isOneOf(context.req().getRequestURI())) {
            throw refusals.badRequest(context, "the path leads up again or holds a control character");
        }
        gate.check(context);
    }
}
