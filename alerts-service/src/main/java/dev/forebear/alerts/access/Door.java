package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.Role;
import io.javalin.http.Context;

/** Begins and ends sessions, and writes down that it did. */
final class Door {

    private final Sessions sessions;
    private final CrossSite crossSite;
    private final Refusals refusals;
    private final FailedSignIns failed;
    private final AuditTrail audit;

    Door(Sessions sessions, CrossSite crossSite, Refusals refusals, FailedSignIns failed, AuditTrail audit) {
        this.sessions = sessions;
        this.crossSite = crossSite;
        this.refusals = refusals;
        this.failed = failed;
        this.audit = audit;
    }

    Sessions sessions() {
        return sessions;
    }

    /** Lets somebody in who proved who they are. */
    void open(Context context, String name, Role role, String how) {
        Session session = sessions.begin(name, role);
        audit.write(new Caller(name, role, Ways.PAGE, context.ip()), "session.began", session.id(), how);
        sessions.give(context, session);
    }

    /**
     * Notes that somebody did not prove it.
     *
     * @throws io.javalin.http.HttpResponseException 429 when that happens too often at one address
     */
    void refuse(Context context, String reason) {
        refusals.note(context, null, reason);
        failed.count(context);
    }

    /** Notes that somebody who proved who they are may not come in. */
    void turnAway(Context context, String reason) {
        refusals.note(context, null, reason);
    }

    /** Refuses a form that another site sent. */
    void requireOurs(Context context) {
        crossSite.requireOurs(context, null);
    }

    /** Ends the session of a request, if it has one. */
    void close(Context context) {
        requireOurs(context);
        sessions.of(context)
                .ifPresent(session -> audit.write(
                        new Caller(session.name(), session.role(), Ways.PAGE, context.ip()),
                        "session.ended",
                        session.id(),
                        null));
        sessions.end(context);
    }
}
