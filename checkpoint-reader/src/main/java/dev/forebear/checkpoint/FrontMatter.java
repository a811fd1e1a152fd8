package dev.forebear.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * The YAML between two lines of {@code ---} at the beginning of README.md. It is untrusted: bounded in size and depth,
 * read as plain values, and refused when it uses aliases or tags, which no card needs.
 */
final class FrontMatter {

    private static final String FILE = "README.md";
    private static final int SIZE_LIMIT = 256 << 10;
    private static final int NAME_LIMIT = 512;
    private static final int NAMES_LIMIT = 100;
    private static final ObjectReader YAML = reader();

    private FrontMatter() {}

    /**
     * @param findings receives what is left out of the card
     * @throws CheckpointException MALFORMED or REFUSED when the front matter cannot be read
     */
    static @Nullable ModelCard card(Storage storage, List<String> findings) throws IOException {
        String yaml = yaml(storage);
        if (yaml == null) {
            return null;
        }
        JsonNode card = parse(yaml);
        if (!card.isObject()) {
            throw malformed("expected fields, found " + card.getNodeType());
        }
        return new ModelCard(
                names(card.path("base_model"), "base_model", findings),
                first(names(card.path("base_model_relation"), "base_model_relation", findings)),
                joined(names(card.path("license"), "license", findings)));
    }

    /** Whether a text can be the name of a model: short, visible, on one line. */
    static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= NAME_LIMIT
                && text.codePoints().noneMatch(character -> Character.isISOControl(character));
    }

    private static @Nullable String yaml(Storage storage) throws IOException {
        ByteSource source;
        try {
            source = storage.open(FILE);
        } catch (CheckpointException absent) {
            if (absent.reason() == Reason.MISSING) {
                return null;
            }
            throw absent;
        }
        var bytes = new byte[(int) Math.min(source.size(), SIZE_LIMIT)];
        source.read(0, ByteBuffer.wrap(bytes));
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<String> lines =
                (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
        if (lines.isEmpty() || !isFence(lines.getFirst())) {
            return null;
        }
        for (int end = 1; end < lines.size(); end++) {
            if (isFence(lines.get(end))) {
                return String.join("\n", lines.subList(1, end));
            }
        }
        throw malformed("expected a closing --- within " + SIZE_LIMIT + " bytes, found none");
    }

    private static boolean isFence(String line) {
        return line.stripTrailing().equals("---");
    }

    private static JsonNode parse(String yaml) throws CheckpointException {
        try {
            refuseAliasesAndTags(yaml);
            JsonNode card = YAML.readTree(yaml);
            return card.isMissingNode() ? YAML.createObjectNode() : card;
        } catch (CheckpointException refused) {
            throw refused;
        } catch (JsonProcessingException notYaml) {
            throw malformed("expected YAML: "
                    + notYaml.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException unreadable) {
            throw malformed("expected YAML: " + unreadable.getMessage());
        }
    }

    private static void refuseAliasesAndTags(String yaml) throws IOException {
        try (var parser = (YAMLParser) YAML.getFactory().createParser(yaml)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias() || parser.getTypeId() != null) {
                    throw new CheckpointException(
                            Reason.REFUSED, FILE, "front matter: expected plain values, found an alias or a tag");
                }
            }
        }
    }

    /** Texts of a scalar or a list. */
    private static List<String> names(JsonNode value, String field, List<String> findings) {
        var names = new ArrayList<String>();
        Iterable<JsonNode> items = value.isArray() ? value : List.of(value);
        for (JsonNode item : items) {
            if (item.isTextual() && isName(item.textValue()) && names.size() < NAMES_LIMIT) {
                names.add(item.textValue().strip());
            } else if (!isEmpty(item)) {
                findings.add(FILE + ": " + field + ": expected at most " + NAMES_LIMIT + " names, found "
                        + (item.isTextual() ? "a text that is none" : item.getNodeType()));
            }
        }
        return names;
    }

    private static boolean isEmpty(JsonNode item) {
        return item.isMissingNode()
                || item.isNull()
                || item.isTextual() && item.textValue().isBlank();
    }

    private static @Nullable String first(List<String> names) {
        return names.isEmpty() ? null : names.getFirst();
    }

    private static @Nullable String joined(List<String> names) {
        return names.isEmpty() ? null : String.join(", ", names);
    }

    private static CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, FILE, "front matter: " + message);
    }

    private static ObjectReader reader() {
        var options = new LoaderOptions();
        options.setCodePointLimit(SIZE_LIMIT);
        options.setNestingDepthLimit(16);
        options.setAllowDuplicateKeys(false);
        var factory = YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(16).build())
                .build();
        return new YAMLMapper(factory).reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }
}
