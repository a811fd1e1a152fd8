package dev.forebear.worker;

import dev.forebear.checkpoint.Declarations;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.SignatureCheck;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to read a checkpoint. */
sealed interface Analysis {

    /** What it declares, as far as that could be read. */
    Declarations declarations();

    /** What came of checking the signature beside its files; null without one. */
    @Nullable
    SignatureCheck signature();

    /** What reading it cost. */
    ReadTotals totals();

    Duration elapsed();

    /** Digests of the weight files it is about; none of a model that could not be read. */
    default WeightContents contents() {
        return WeightContents.UNKNOWN;
    }

    /**
     * The weights were read.
     *
     * @param adapter what adapter it is; null for a model of its own
     */
    record Analysed(
            Fingerprint fingerprint,
            @Nullable String adapter,
            WeightContents contents,
            Declarations declarations,
            @Nullable SignatureCheck signature,
            ReadTotals totals,
            Duration elapsed)
            implements Analysis {}

    /**
     * The weights were not read: another model has the same files.
     *
     * @param original that model, as published
     */
    record Copied(
            ModelFingerprint original,
            WeightContents contents,
            Declarations declarations,
            @Nullable SignatureCheck signature,
            Duration elapsed)
            implements Analysis {

        @Override
        public ReadTotals totals() {
            return new ReadTotals(0, 0);
        }
    }

    /**
     * The weights could not be read.
     *
     * @param message one line: file, tensor or field, expected, found
     */
    record NotAnalysed(
            Cause cause,
            String message,
            Declarations declarations,
            @Nullable SignatureCheck signature,
            ReadTotals totals,
            Duration elapsed)
            implements Analysis {}
}
