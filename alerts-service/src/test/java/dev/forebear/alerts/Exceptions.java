package dev.forebear.alerts;

import dev.forebear.schemas.wire.PolicyException;
import java.time.Instant;

/** Exceptions as the API writes them, for tests. */
final class Exceptions {

    static final Instant GRANTED = Instant.parse("2026-11-20T08:30:00Z");

    private Exceptions() {}

    /** The builder of an exception on a model; it lasts for years. */
    static PolicyException.Builder on(String derivedModelId) {
        return forEverything().setDerivedModelId(derivedModelId);
    }

    /** The builder of an exception on what one rule finds. */
    static PolicyException.Builder from(String rule) {
        return forEverything().setRule(rule);
    }

    static PolicyException.Builder forEverything() {
        return PolicyException.newBuilder()
                .setExceptionId("ex_1")
                .setOwner("ana@example.com")
                .setReason("Licence bought.")
                .setGrantedBy("bo@example.com")
                .setGrantedAt(GRANTED)
                .setExpiresAt(Instant.parse("2036-01-01T00:00:00Z"));
    }
}
