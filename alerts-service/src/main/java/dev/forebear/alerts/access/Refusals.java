package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.AuditEntry;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.UnauthorizedResponse;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what is refused, in the log and in the audit trail. The same thing from the same address is noted once a minute
 * with its count, so that nobody can flood either.
 */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final String ACTION = "access.refused";
    private static final String NOBODY = "nobody";

    private final AuditTrail audit;
    private final Repetitions repetitions;

    Refusals(AuditTrail audit, InstantSource clock) {
        this.audit = audit;
        this.repetitions = new Repetitions(clock);
    }

    /** Notes a request of somebody who is not who they say; the answer to throw. */
    UnauthorizedResponse unauthorized(Context context, String reason) {
        note(context, null, reason);
        return notSignedIn(context, reason);
    }

    /** The answer to somebody who says nothing about who they are, which is nothing to note. */
    static UnauthorizedResponse notSignedIn(Context context, String reason) {
        context.header("WWW-Authenticate", "Bearer realm=\"forebear\"");
        return new UnauthorizedResponse(reason);
    }

    /** Notes a request that somebody may not make; the answer to throw. */
    ForbiddenResponse forbidden(Context context, @Nullable Caller caller, String reason) {
        note(context, caller, reason);
        return new ForbiddenResponse(reason);
    }

    /** Notes a request whose body is of the wrong kind; the answer to throw. */
    HttpResponseException unsupported(Context context, @Nullable Caller caller, String reason) {
        note(context, caller, reason);
        return new HttpResponseException(HttpStatus.UNSUPPORTED_MEDIA_TYPE.getCode(), reason);
    }

    /** Notes a request that no program of good will makes; the answer to throw. */
    BadRequestResponse badRequest(Context context, String reason) {
        note(context, null, reason);
        return new BadRequestResponse(reason);
    }

    /** Notes that something was refused. */
    void note(Context context, @Nullable Caller caller, String reason) {
        String subject = subject(context);
        repetitions.count(context.ip() + " " + subject + " " + reason).ifPresent(before -> {
            String detail = before == 0 ? reason : reason + "; " + before + " more before";
            LOG.atWarn()
                    .addKeyValue("request", subject)
                    .addKeyValue("address", context.ip())
                    .addKeyValue("caller", caller == null ? NOBODY : caller.name())
                    .addKeyValue("reason", detail)
                    .log("request refused");
            audit.writeLater(entry(context, caller, subject)
                    .setRefused(true)
                    .setDetail(detail)
                    .build());
        });
    }

    private AuditEntry.Builder entry(Context context, @Nullable Caller caller, String subject) {
        return caller == null
                ? audit.entry(NOBODY, ACTION, subject, Ways.of(context)).setAddress(context.ip())
                : audit.entry(caller, ACTION, subject);
    }

    // The route, without what somebody put into it: a link of the first sign-in holds a secret.
    private static String subject(Context context) {
        var endpoint = context.endpoints().matchedHttpEndpoint();
        return context.method() + " " + (endpoint == null ? "?" : endpoint.path);
    }
}
