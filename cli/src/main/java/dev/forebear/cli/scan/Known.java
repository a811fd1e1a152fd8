package dev.forebear.cli.scan;

import dev.forebear.signals.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A known model.
 *
 * @param name as it is shown
 * @param names what others may declare it as
 * @param licence null when it is not known
 */
record Known(String name, List<String> names, @Nullable String licence, Fingerprint fingerprint) {

    Known {
        names = List.copyOf(names);
    }
}
