package dev.forebear.checkpoint.declaration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Untrusted YAML: bounded in size and depth, read as plain values, and refused when it uses aliases or tags, which no
 * declaration needs.
 */
final class PlainYaml {

    static final int SIZE_LIMIT = 256 << 10;

    private static final int DEPTH_LIMIT = 16;
    private static final ObjectReader YAML = reader();

    private PlainYaml() {}

    /** The fields of a whole file. */
    static JsonNode file(ByteSource file) throws IOException {
        String text = new String(file.readAll(SIZE_LIMIT), StandardCharsets.UTF_8);
        return fields(file.name(), withoutMark(text));
    }

    /**
     * The fields of a text; none when it is empty.
     *
     * @param name of the text, to be shown
     * @throws CheckpointException MALFORMED when it is no YAML, or no fields; REFUSED with aliases or tags
     */
    static JsonNode fields(String name, String yaml) throws CheckpointException {
        try {
            refuseAliasesAndTags(name, yaml);
            JsonNode node = YAML.readTree(yaml);
            JsonNode fields = node.isMissingNode() ? YAML.createObjectNode() : node;
            if (fields.isObject()) {
                return fields;
            }
            throw new CheckpointException(Reason.MALFORMED, name, "expected fields, found " + fields.getNodeType());
        } catch (CheckpointException refused) {
            throw refused;
        } catch (JsonProcessingException notYaml) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    name,
                    "expected YAML: "
                            + notYaml.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException unreadable) {
            throw new CheckpointException(Reason.MALFORMED, name, "expected YAML: " + unreadable.getMessage());
        }
    }

    /** The text without a byte order mark. */
    static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static void refuseAliasesAndTags(String name, String yaml) throws IOException {
        try (var parser = (YAMLParser) YAML.getFactory().createParser(yaml)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias() || parser.getTypeId() != null) {
                    throw new CheckpointException(
                            Reason.REFUSED, name, "expected plain values, found an alias or a tag");
                }
            }
        }
    }

    private static ObjectReader reader() {
        var options = new LoaderOptions();
        options.setCodePointLimit(SIZE_LIMIT);
        options.setNestingDepthLimit(DEPTH_LIMIT);
        options.setAllowDuplicateKeys(false);
        var factory = YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_LIMIT)
                        .build())
                .build();
        return new YAMLMapper(factory).reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }
}
