package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.PolicyException;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An exception that somebody wants to grant. What its scope does not cover it may not name. */
record ExceptionRequest(
        ExceptionScope scope,
        @Nullable String rule,
        @Nullable String derivedModelId,
        @Nullable String derivedVersion,
        @Nullable String baseModelId,
        String owner,
        String reason,
        Instant expiresAt) {

    private static final int MAX_NAME = 300;
    private static final int MAX_ID = 1_500;
    private static final int MAX_REASON = 2_000;

    private static final Set<String> FIELDS = new TreeSet<>(
            Set.of("scope", "rule", "derivedModelId", "derivedVersion", "baseModelId", "owner", "reason", "expiresAt"));

    ExceptionRequest {
        check("rule", rule, scope == ExceptionScope.RULE, true, scope);
        check("derivedModelId", derivedModelId, scope != ExceptionScope.RULE, false, scope);
        check("derivedVersion", derivedVersion, scope == ExceptionScope.VERSION, false, scope);
        check("baseModelId", baseModelId, scope == ExceptionScope.MODEL_AND_ANCESTOR, false, scope);
    }

    static ExceptionRequest of(Context context, Instant now) {
        Body body = Body.of(context, FIELDS);
        Instant end = body.time("expiresAt");
        if (end == null) {
            throw Parameters.wrong("expiresAt", "a time", "none");
        }
        return new ExceptionRequest(
                ExceptionScope.parse(body.choice("scope", ExceptionScope.WORDS)),
                body.text("rule", MAX_NAME),
                body.text("derivedModelId", MAX_ID),
                body.text("derivedVersion", MAX_ID),
                body.text("baseModelId", MAX_ID),
                body.required("owner", MAX_NAME),
                body.required("reason", MAX_REASON),
                Ends.checked("expiresAt", end, now));
    }

    PolicyException exception(String id, String author, Instant now) {
        return PolicyException.newBuilder()
                .setExceptionId(id)
                .setRule(rule)
                .setDerivedModelId(derivedModelId)
                .setDerivedVersion(derivedVersion)
                .setBaseModelId(baseModelId)
                .setOwner(owner)
                .setReason(reason)
                .setExpiresAt(expiresAt)
                .setGrantedBy(author)
                .setGrantedAt(now)
                .build();
    }

    /** One line of what it covers. */
    String words() {
        return scope.word() + ", owner " + owner + ", until " + expiresAt;
    }

    private static void check(
            String name, @Nullable String value, boolean needed, boolean allowed, ExceptionScope scope) {
        if (needed && value == null) {
            throw Parameters.wrong(name, "one, for the scope " + scope.word(), "none");
        }
        if (!needed && !allowed && value != null) {
            throw Parameters.wrong(name, "none, for the scope " + scope.word(), Parameters.quoted(value));
        }
    }
}
