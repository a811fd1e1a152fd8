package dev.forebear.worker;

import dev.forebear.checkpoint.Declarations;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.signals.Fingerprint;
import java.time.Duration;
import java.util.List;

/** What came of one attempt to read a checkpoint. */
sealed interface Analysis {

    /** Declarations of a checkpoint that could not be opened. */
    Declarations NO_DECLARATIONS = new Declarations(null, null, List.of());

    /** What it declares, as far as that could be read. */
    Declarations declarations();

    /** What reading it cost. */
    ReadTotals totals();

    Duration elapsed();

    /** The weights were read. */
    record Analysed(Fingerprint fingerprint, Declarations declarations, ReadTotals totals, Duration elapsed)
            implements Analysis {}

    /**
     * The weights could not be read.
     *
     * @param message one line: file, tensor or field, expected, found
     */
    record NotAnalysed(Cause cause, String message, Declarations declarations, ReadTotals totals, Duration elapsed)
            implements Analysis {}
}
