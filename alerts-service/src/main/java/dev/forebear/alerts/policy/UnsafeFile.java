package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.NotAnalysed;
import java.util.List;

/**
 * A file of the model would run code in whoever loads it.
 *
 * @param except models that it is known of
 */
record UnsafeFile(List<NamePattern> except) implements Check {

    static final String NAME = "unsafe-file";

    /** The reason on the wire. */
    static final String REASON = "unsafe";

    UnsafeFile {
        except = List.copyOf(except);
    }

    @Override
    public List<Hit> hits(Dossier dossier) {
        NotAnalysed why = dossier.report().getNotAnalysed();
        if (why == null
                || !why.getReason().equals(REASON)
                || except.stream().anyMatch(pattern -> pattern.matches(dossier.report()))) {
            return List.of();
        }
        String model = dossier.report().getModelVersionId();
        return List.of(new Hit(
                null,
                "Unsafe file: " + model + " would run code in whoever loads it",
                "It was not loaded here, only read: " + why.getMessage() + ". Keep people from loading it."));
    }
}
