package dev.forebear.runtime.yaml;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a settings file. Every getter notes what is wrong, with line and column, and goes on with a stand-in, so
 * that one run reports all problems; {@link #read} refuses to hand out anything made from stand-ins. A key that nobody
 * asked for is a problem, too. Not thread-safe.
 */
public final class Section {

    private final String path;
    private final Position at;
    private final Map<String, YamlNode.Entry> entries;
    private final Problems problems;
    private final Set<String> known = new HashSet<>();
    private final List<Section> children = new ArrayList<>();

    private Section(String path, Position at, Map<String, YamlNode.Entry> entries, Problems problems) {
        this.path = path;
        this.at = at;
        this.entries = entries;
        this.problems = problems;
    }

    /**
     * Reads a settings file.
     *
     * @throws ConfigurationException with one line per problem
     */
    public static <T> T readFile(Path file, Function<Section, T> reader) {
        return read(file.toString(), SettingsFile.text(file), reader);
    }

    /**
     * Reads settings.
     *
     * @param file name to show in problems
     * @throws ConfigurationException with one line {@code file:line:column: what, expected, found} per problem
     */
    public static <T> T read(String file, String text, Function<Section, T> reader) {
        var problems = new Problems(file, text);
        Section root = section("", YamlParser.parse(text, problems), problems);
        T settings = null;
        try {
            settings = reader.apply(root);
            root.refuseUnknownKeys();
        } catch (IllegalArgumentException e) {
            problems.add(root.at, String.valueOf(e.getMessage()));
        }
        problems.throwIfAny();
        if (settings == null) {
            throw new IllegalStateException(file + ": the reader returned nothing");
        }
        return settings;
    }

    public boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** All keys that are there, in their order; each is asked for from here on. */
    public List<String> keys() {
        known.addAll(entries.keySet());
        return List.copyOf(entries.keySet());
    }

    public boolean isMapping(String key) {
        return node(key) instanceof YamlNode.Mapping;
    }

    /** A text that must be there. */
    public String text(String key) {
        String value = optionalText(key);
        if (value == null && !entries.containsKey(key)) {
            problem("expected '" + key + "', found none");
        }
        return value == null ? "" : value;
    }

    /** A text, or null when the key is missing. */
    public @Nullable String optionalText(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Scalar(Position ignored, String text) && !text.isBlank()) {
            return text.strip();
        }
        problems.add(node.at(), name(key) + ": expected a text, found " + node.kind());
        return null;
    }

    /** A text with a language of its own; empty when the key is missing. */
    public Optional<Passage> passage(String key) {
        YamlNode node = node(key);
        String text = optionalText(key);
        if (node == null || text == null) {
            return Optional.empty();
        }
        var positions = new PassagePositions(problems.text(), node.at(), text);
        return Optional.of(new Passage(text, positions, (at, message) -> problems.add(at, name(key) + ": " + message)));
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean fallback) {
        return parsed(key, fallback, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither");
        });
    }

    /** One of the constants of an enum, in lower case with hyphens. */
    public <E extends Enum<E>> E choice(String key, E fallback) {
        List<E> constants = List.of(fallback.getDeclaringClass().getEnumConstants());
        String expected = "one of "
                + String.join(", ", constants.stream().map(Section::word).toList());
        return parsed(
                key,
                fallback,
                expected,
                text -> constants.stream()
                        .filter(constant -> word(constant).equals(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new));
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public int integer(String key, int fallback, int min, int max) {
        return parsed(key, fallback, "a whole number from " + min + " to " + max, text -> {
            int number = Integer.parseInt(text);
            if (number < min || number > max) {
                throw new IllegalArgumentException("out of range");
            }
            return number;
        });
    }

    /** A positive duration such as {@code 30s}, {@code 5m} or {@code P1D}. */
    public Duration duration(String key, Duration fallback) {
        return parsed(key, fallback, "a duration such as 30s, 5m or P1D", Environment::positiveDuration);
    }

    /**
     * A text that a parser understands.
     *
     * @param expected what the parser takes, for the error line
     * @param parser throws IllegalArgumentException for anything else
     */
    public <T> T parsed(String key, T fallback, String expected, Function<String, T> parser) {
        return parsed(key, expected, parser).orElse(fallback);
    }

    /** A text that a parser understands; empty when the key is missing. */
    public <T> Optional<T> parsed(String key, String expected, Function<String, T> parser) {
        String text = optionalText(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            problemAt(key, "expected " + expected + ", found '" + text + "'");
            return Optional.empty();
        }
    }

    /** A list of texts; empty when the key is missing. */
    public List<String> texts(String key) {
        YamlNode node = node(key);
        List<String> texts = new ArrayList<>();
        if (node instanceof YamlNode.Sequence(Position ignored, List<YamlNode> items)) {
            for (YamlNode item : items) {
                if (item instanceof YamlNode.Scalar(Position itemAt, String text) && !text.isBlank()) {
                    texts.add(text.strip());
                } else {
                    problems.add(item.at(), name(key) + ": expected a list of texts, found " + item.kind() + " in it");
                }
            }
        } else if (node != null) {
            problems.add(node.at(), name(key) + ": expected a list of texts, found " + node.kind());
        }
        return List.copyOf(texts);
    }

    /** A mapping below this one; an empty one when the key is missing. */
    public Section section(String key) {
        YamlNode node = node(key);
        YamlNode present = node == null ? new YamlNode.Mapping(at, Map.of()) : node;
        return child(section(name(key), present, problems));
    }

    /** A list of mappings; empty when the key is missing. */
    public List<Section> sections(String key) {
        YamlNode node = node(key);
        List<Section> sections = new ArrayList<>();
        if (node instanceof YamlNode.Sequence(Position ignored, List<YamlNode> items)) {
            for (int i = 0; i < items.size(); i++) {
                sections.add(child(section(name(key) + "[" + (i + 1) + "]", items.get(i), problems)));
            }
        } else if (node != null) {
            // A secret that somebody wrote down must not be shown, as below.
            String found = node instanceof YamlNode.Scalar ? "a text" : node.kind();
            problems.add(node.at(), name(key) + ": expected a list, found " + found);
        }
        return List.copyOf(sections);
    }

    /** Notes a problem of this mapping as a whole. */
    public void problem(String message) {
        problems.add(at, (path.isEmpty() ? "" : path + ": ") + message);
    }

    /** Notes a problem of one entry, at its value. */
    public void problemAt(String key, String message) {
        YamlNode.Entry entry = entries.get(key);
        problems.add(entry == null ? at : entry.value().at(), name(key) + ": " + message);
    }

    /** Notes a problem of one entry, at its key. */
    public void problemAtKey(String key, String message) {
        YamlNode.Entry entry = entries.get(key);
        problems.add(entry == null ? at : entry.at(), name(key) + ": " + message);
    }

    private void refuseUnknownKeys() {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(
                        entry.at(),
                        name(key) + ": expected one of " + expectedKeys() + ", found '" + key + "'"
                                + Spelling.hint(key, known));
            }
        });
        children.forEach(Section::refuseUnknownKeys);
    }

    private String expectedKeys() {
        return String.join(", ", known.stream().sorted().toList());
    }

    private @Nullable YamlNode node(String key) {
        known.add(key);
        YamlNode.Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    private Section child(Section section) {
        children.add(section);
        return section;
    }

    private static Section section(String path, YamlNode node, Problems problems) {
        if (node instanceof YamlNode.Mapping(Position at, Map<String, YamlNode.Entry> entries)) {
            return new Section(path, at, entries, problems);
        }
        // A key with nothing below it is an empty mapping: people comment entries out.
        if (!(node instanceof YamlNode.Scalar(Position at, String text) && text.isEmpty())) {
            // What stands there instead may be a secret that somebody wrote down in the wrong place.
            String found = node instanceof YamlNode.Scalar ? "a text" : node.kind();
            problems.add(node.at(), (path.isEmpty() ? "" : path + ": ") + "expected a mapping, found " + found);
        }
        return new Section(path, node.at(), Map.of(), problems);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
