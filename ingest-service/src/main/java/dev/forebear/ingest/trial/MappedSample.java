package dev.forebear.ingest.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.ingest.registration.JsonMapping;
import java.util.Map;
import java.util.regex.Pattern;

/** An announcement in which everything stands where the mapping of a home-made registry says. */
final class MappedSample {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLAIN = Pattern.compile("\\$(\\.[A-Za-z_][A-Za-z0-9_-]*)+");

    private MappedSample() {}

    /** @throws IllegalArgumentException when the mapping names places that are not members of objects */
    static String body(JsonMapping mapping, Map<String, String> values) {
        ObjectNode root = JSON.createObjectNode();
        put(root, mapping.model(), values.getOrDefault("name", ""));
        put(root, mapping.version(), values.getOrDefault("version", ""));
        put(root, mapping.location(), values.getOrDefault("location", ""));
        put(root, mapping.time(), values.getOrDefault("time", ""));
        put(root, mapping.event(), values.getOrDefault("id", ""));
        if (mapping.only() != null) {
            throw new IllegalArgumentException(
                    "the mapping has 'only': what it expects to find is not known; announce a model of the registry");
        }
        return root.toString();
    }

    private static void put(ObjectNode root, String path, String value) {
        if (!PLAIN.matcher(path).matches()) {
            throw new IllegalArgumentException("expected a plain path such as $.model.name for a sample, found '" + path
                    + "'; announce a model of the registry");
        }
        String[] members = path.substring(2).split("\\.");
        ObjectNode parent = root;
        for (int i = 0; i < members.length - 1; i++) {
            JsonNode next = parent.get(members[i]);
            parent = next instanceof ObjectNode object ? object : parent.putObject(members[i]);
        }
        parent.put(members[members.length - 1], value);
    }
}
