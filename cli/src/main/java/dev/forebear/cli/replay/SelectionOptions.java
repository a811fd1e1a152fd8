package dev.forebear.cli.replay;

import dev.forebear.replay.Selection;
import dev.forebear.runtime.ConfigurationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which uploads a replay is about. */
final class SelectionOptions {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Uploads announced at or after it: 2025-01-01 or 2025-01-01T12:00:00Z, in UTC.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Uploads announced before it.")
    private @Nullable String until;

    @Option(names = "--registry", paramLabel = "ALIAS", description = "Uploads to this registry; may be repeated.")
    private List<String> registries = new ArrayList<>();

    @Option(
            names = "--name",
            paramLabel = "PATTERN",
            description = "Models whose name fits, with * for any characters and ? for one.")
    private @Nullable String name;

    @Option(
            names = "--team",
            paramLabel = "TEAM",
            description = "Models that the policy gives to this team; may be repeated.")
    private List<String> teams = new ArrayList<>();

    /** Whether anything of it was said. */
    boolean isGiven() {
        return from != null || until != null || name != null || !registries.isEmpty() || !teams.isEmpty();
    }

    /** @throws ConfigurationException when a time is none, or the range has no inside */
    Selection selection() {
        return new Selection(time("--from", from), time("--until", until), registries, name, teams);
    }

    private static @Nullable Instant time(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException none) {
            throw new ConfigurationException(option
                    + ": expected a day like 2025-01-31 or a time like 2025-01-31T12:00:00Z, found '" + text + "'");
        }
    }
}
