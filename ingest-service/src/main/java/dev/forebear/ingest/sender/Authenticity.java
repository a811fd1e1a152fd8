package dev.forebear.ingest.sender;

import java.util.function.Supplier;

/** Whether a webhook comes from the registry it claims to come from. */
sealed interface Authenticity {

    /** It carries what only the registry can know. */
    record Proven() implements Authenticity {}

    /** The operator asked for no proof. */
    record NotAsked() implements Authenticity {}

    /** It lacks the proof, or its proof is wrong or too old. */
    record Refused(String reason, String message) implements Authenticity {}

    /** This, or the other where this is refused and the other is not. */
    default Authenticity or(Authenticity other) {
        return this instanceof Refused && !(other instanceof Refused) ? other : this;
    }

    /**
     * Reads the announcement if it may be believed. What a proven sender says but nobody understands is put aside,
     * because refusing it would make some senders retry for ever; the same from anybody is refused.
     */
    default Outcome then(Supplier<Outcome> reading) {
        try {
            return switch (this) {
                case Refused(String reason, String message) -> new Outcome.Rejected(401, reason, message);
                case Proven(), NotAsked() -> reading.get();
            };
        } catch (NotUnderstoodException e) {
            boolean anybody = equals(new NotAsked());
            return anybody && e.isMalformed()
                    ? new Outcome.Rejected(400, "malformed", String.valueOf(e.getMessage()))
                    : e.putAside();
        }
    }
}
