package dev.forebear.runtime.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns YAML text into nodes. Aliases are refused: a settings file has no use for them, an attacker has. */
final class YamlParser {

    private static final int MAX_DEPTH = 20;

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final YAMLParser parser;
    private final Problems problems;

    private YamlParser(YAMLParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** The first document of the text; an empty mapping, and a problem noted, when the text is not YAML. */
    static YamlNode parse(String text, Problems problems) {
        try (YAMLParser parser = YAML.createParser(text)) {
            if (parser.nextToken() == null) {
                return new YamlNode.Mapping(Position.START, Map.of());
            }
            YamlNode root = new YamlParser(parser, problems).node();
            if (parser.nextToken() != null) {
                problems.add(position(parser.currentTokenLocation()), "expected one document, found another");
            }
            return root;
        } catch (JsonProcessingException e) {
            problems.add(position(e.getLocation()), "expected YAML, found " + firstLine(e.getOriginalMessage()));
            return new YamlNode.Mapping(Position.START, Map.of());
        } catch (IOException e) {
            throw new AssertionError("a text in memory can be read", e);
        }
    }

    private YamlNode node() throws IOException {
        Position at = position(parser.currentTokenLocation());
        if (parser.isCurrentAlias()) {
            problems.add(at, "expected a value, found an alias; write the value out");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(at);
            case START_ARRAY -> sequence(at);
            case VALUE_NULL -> new YamlNode.Scalar(at, "");
            case null, default -> new YamlNode.Scalar(at, parser.getText());
        };
    }

    private YamlNode mapping(Position at) throws IOException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Position keyAt = position(parser.currentTokenLocation());
            String key = parser.currentName();
            parser.nextToken();
            if (entries.put(key, new YamlNode.Entry(keyAt, node())) != null) {
                problems.add(keyAt, key + ": expected each key once, found it again");
            }
        }
        return new YamlNode.Mapping(at, entries);
    }

    private YamlNode sequence(Position at) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new YamlNode.Sequence(at, items);
    }

    private static Position position(@Nullable JsonLocation location) {
        return location == null
                ? Position.START
                : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("something else");
    }
}
