package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.SignatureCheck;
import dev.forebear.schemas.wire.SignatureState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of the model would run code in whoever loads it, or is not what the model's own signature says.
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
        LineageReport report = dossier.report();
        if (except.stream().anyMatch(pattern -> pattern.matches(report))) {
            return List.of();
        }
        NotAnalysed code = runningCode(report.getNotAnalysed());
        SignatureCheck tampered = tampered(report.getSignature());
        if (code != null) {
            return List.of(runsCode(report.getModelVersionId(), code, tampered));
        }
        return tampered == null ? List.of() : List.of(isTampered(report.getModelVersionId(), tampered));
    }

    private static @Nullable NotAnalysed runningCode(@Nullable NotAnalysed why) {
        return why != null && why.getReason().equals(REASON) ? why : null;
    }

    private static @Nullable SignatureCheck tampered(@Nullable SignatureCheck signature) {
        return signature != null && signature.getState() == SignatureState.TAMPERED ? signature : null;
    }

    private static Hit runsCode(String model, NotAnalysed why, @Nullable SignatureCheck tampered) {
        String signature = tampered == null ? "" : " " + contradiction(tampered);
        return new Hit(
                null,
                "Unsafe file: " + model + " would run code in whoever loads it",
                "It was not loaded here, only read: " + why.getMessage() + ". Keep people from loading it."
                        + signature);
    }

    private static Hit isTampered(String model, SignatureCheck tampered) {
        return new Hit(
                null,
                "Tampered: " + model + " is not what its own signature says",
                contradiction(tampered)
                        + " Who signed it was not checked. Keep people from loading it until its publisher says why.");
    }

    private static String contradiction(SignatureCheck tampered) {
        return "The signature " + tampered.getFile() + " contradicts the files: " + tampered.getMessage() + ".";
    }
}
