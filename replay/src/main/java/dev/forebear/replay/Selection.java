package dev.forebear.replay;

import dev.forebear.runtime.ConfigurationException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which past uploads are replayed.
 *
 * @param from only uploads announced at or after it; null for no limit
 * @param until only uploads announced before it; null for no limit
 * @param registries only these; empty for all
 * @param namePattern only models whose name matches, with * and ?; null for all
 * @param teams only models that the policy assigns to these; empty for all
 */
public record Selection(
        @Nullable Instant from,
        @Nullable Instant until,
        List<String> registries,
        @Nullable String namePattern,
        List<String> teams) {

    /** @throws ConfigurationException when nothing could fall into it */
    public Selection {
        registries = registries.stream().distinct().sorted().toList();
        teams = teams.stream().distinct().sorted().toList();
        if (from != null && until != null && !from.isBefore(until)) {
            throw new ConfigurationException(
                    "range: expected a beginning before its end, found " + from + " to " + until);
        }
    }

    /** Everything. */
    public static Selection all() {
        return new Selection(null, null, List.of(), null, List.of());
    }

    boolean includes(Instant announced) {
        return (from == null || !announced.isBefore(from)) && (until == null || announced.isBefore(until));
    }
}
