package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.malformed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body in which JSONPaths find things. What they find is a list, which is empty where nothing is. */
public record MappedBody(JsonNode root) {

    private static final Configuration LISTS = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider())
            .mappingProvider(new JacksonMappingProvider())
            .options(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS)
            .build();

    /** Parses a body; throws {@link NotUnderstoodException} when it is no JSON object or list. */
    public static MappedBody parse(byte[] body) {
        JsonNode root = Payload.parse(body).node();
        if (!root.isContainerNode()) {
            throw malformed("body: expected an object or a list, found something else");
        }
        return new MappedBody(root);
    }

    public boolean finds(String path) {
        return !found(path).isEmpty();
    }

    /** The first text or number at a path; null when there is none. */
    public @Nullable String text(String path) {
        List<String> texts = texts(path);
        return texts.isEmpty() ? null : texts.getFirst();
    }

    /** All texts and numbers at a path, and in lists at it. */
    public List<String> texts(String path) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : found(path)) {
            if (node.isArray()) {
                node.forEach(element -> add(element, path, texts));
            } else {
                add(node, path, texts);
            }
        }
        return texts;
    }

    /** Objects and lists at a path, each as a body of its own. */
    public List<MappedBody> bodies(String path) {
        List<MappedBody> bodies = new ArrayList<>();
        found(path).forEach(node -> bodies.add(new MappedBody(node)));
        return bodies;
    }

    private static void add(JsonNode node, String path, List<String> texts) {
        if (node.isContainerNode()) {
            throw malformed(path + ": expected a text, found an object or a list");
        }
        if (!node.isNull() && !node.asText().isBlank()) {
            texts.add(node.asText());
        }
    }

    private ArrayNode found(String path) {
        try {
            return JsonPath.using(LISTS).parse(root).read(path);
        } catch (JsonPathException e) {
            throw malformed(path + ": expected something to be found there, found that it does not fit the body");
        }
    }
}
