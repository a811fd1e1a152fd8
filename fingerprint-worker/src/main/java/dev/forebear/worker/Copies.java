package dev.forebear.worker;

import dev.forebear.schemas.wire.ModelFingerprint;
import java.util.Optional;

/** Knows models by the digests of their weight files. */
interface Copies {

    /** Knows none. */
    Copies NONE = contents -> Optional.empty();

    /** A fingerprint, as published, of exactly these weight files; never fails. */
    Optional<ModelFingerprint> find(WeightContents contents);
}
