package dev.forebear.runtime;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings read from variables. Every getter notes what is wrong and goes on with a stand-in, so that one run reports
 * all problems; {@link #read} refuses to hand out anything made from stand-ins. A variable that is empty counts as not
 * set. Not thread-safe.
 */
public final class Environment {

    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** The variables of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** A text, or null when it is not set. */
    public @Nullable String optional(String name) {
        asked.add(name);
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    public String text(String name, String fallback) {
        String value = optional(name);
        return value == null ? fallback : value;
    }

    /** A text that has no default; its stand-in is {@code "?"}. */
    public String required(String name) {
        String value = optional(name);
        if (value == null) {
            problem(name + ": expected a value, found none");
            return "?";
        }
        return value;
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public int integer(String name, int fallback, int min, int max) {
        return parsed(name, fallback, "a whole number from " + min + " to " + max, text -> {
            int number = Integer.parseInt(text);
            if (number < min || number > max) {
                throw new IllegalArgumentException("out of range");
            }
            return number;
        });
    }

    /** A positive ISO-8601 duration, its {@code PT} left out if one likes: {@code 5s}, {@code 1h30m}, {@code P1D}. */
    public Duration duration(String name, Duration fallback) {
        return parsed(name, fallback, "a duration such as 30s, 5m or P1D", Environment::positiveDuration);
    }

    /**
     * Reads a positive ISO-8601 duration, whose {@code PT} may be left out.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Duration positiveDuration(String text) {
        try {
            Duration duration = Duration.parse(text.matches("(?i)P.*") ? text : "PT" + text);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("expected a duration, found '" + text + "'", e);
        }
        throw new IllegalArgumentException("expected a positive duration, found '" + text + "'");
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean fallback) {
        return parsed(name, fallback, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither");
        });
    }

    /** An http or https address with a host. */
    public URI uri(String name, URI fallback) {
        return parsed(name, fallback, "an http or https address", Environment::httpAddress);
    }

    /** Http or https addresses, separated by commas; never empty. */
    public List<URI> uris(String name, List<URI> fallback) {
        return parsed(
                name,
                fallback,
                "http or https addresses separated by commas",
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(Environment::httpAddress)
                        .toList());
    }

    /** A path, or null when it is not set; nothing is checked about the file. */
    public @Nullable Path path(String name) {
        String value = optional(name);
        try {
            return value == null ? null : Path.of(value);
        } catch (InvalidPathException e) {
            problem(name + ": expected a path, found '" + value + "'");
            return null;
        }
    }

    /** {@code host:port}. */
    public ListenAddress listenAddress(String name, ListenAddress fallback) {
        return parsed(name, fallback, "host:port", ListenAddress::parse);
    }

    /** A secret from the variable itself or from the file that {@code NAME_FILE} names; null when neither is set. */
    public @Nullable Secret secret(String name) {
        String value = optional(name);
        Path file = path(name + "_FILE");
        if (value != null && file != null) {
            problem(name + ": expected either " + name + " or " + name + "_FILE, found both");
        }
        if (value != null) {
            return Secret.of(value);
        }
        return file == null ? null : secretFrom(name, file);
    }

    /** A secret in clear, for a client that takes nothing else; null when it is not set. */
    public @Nullable String secretText(String name) {
        Secret secret = secret(name);
        return secret == null ? null : secret.reveal();
    }

    private @Nullable Secret secretFrom(String name, Path file) {
        try {
            return Secret.fromFile(file);
        } catch (IOException | IllegalArgumentException e) {
            problem(name + "_FILE: expected a readable file with a secret, found " + file + " (" + e.getMessage()
                    + ")");
            return null;
        }
    }

    /** Names of all variables that were asked for, set or not: what the configuration understands. */
    public Set<String> asked() {
        return Collections.unmodifiableSet(asked);
    }

    /** Notes a problem that only the caller can see; one line: which setting, expected, found. */
    public void problem(String line) {
        problems.add(line);
    }

    /** Everything found wrong so far, one line each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * Reads a configuration, all problems at once.
     *
     * @throws ConfigurationException when any variable was wrong, or the record refused the combination
     */
    public <T> T read(Function<Environment, T> reader) {
        T configuration = null;
        try {
            configuration = reader.apply(this);
        } catch (ConfigurationException e) {
            e.problems().forEach(this::problem);
        } catch (IllegalArgumentException e) {
            // A record that refuses a stand-in says nothing new.
            if (problems.isEmpty()) {
                problem(String.valueOf(e.getMessage()));
            }
        }
        if (configuration == null || !problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return configuration;
    }

    private <T> T parsed(String name, T fallback, String expected, Function<String, T> parser) {
        String value = optional(name);
        if (value == null) {
            return fallback;
        }
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            problem(name + ": expected " + expected + ", found '" + value + "'");
            return fallback;
        }
    }

    private static URI httpAddress(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                throw new IllegalArgumentException("no http address");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
