package dev.forebear.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Talks to a schema registry over the Confluent REST API, under the method names of Confluent's own client. Schemas and
 * ids never change, so they are asked for once. Thread-safe.
 *
 * <p>Every method throws {@link SchemaRegistryException} when the registry refuses or cannot be asked.
 */
public final class SchemaRegistryClient implements AutoCloseable {

    private record Registration(String subject, Schema schema) {}

    private final RegistryServers servers;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();

    public SchemaRegistryClient(SchemaRegistryConfig config) {
        this.servers = new RegistryServers(config);
    }

    /** Registers the schema under the subject, or finds it there; returns its id. */
    public int register(String subject, Schema schema) {
        return ids.computeIfAbsent(new Registration(subject, schema), this::post);
    }

    private int post(Registration registration) {
        String about = "schema of subject '" + registration.subject() + "'";
        JsonNode answer = servers.ask(about, "POST", versions(registration.subject()), request(registration.schema()));
        return required(about, answer, "id").asInt();
    }

    /** Id of a schema that is registered under the subject already. */
    public int getId(String subject, Schema schema) {
        String about = "schema of subject '" + subject + "'";
        return required(about, servers.ask(about, "POST", "subjects/" + encoded(subject), request(schema)), "id")
                .asInt();
    }

    /** The schema that all writers mean by this id. */
    public Schema getSchemaById(int id) {
        return schemas.computeIfAbsent(id, this::fetch);
    }

    private Schema fetch(int id) {
        String about = "schema id " + id;
        return parsed(about, servers.ask(about, "GET", "schemas/ids/" + id, null));
    }

    public List<String> getAllSubjects() {
        JsonNode answer = servers.ask("subjects", "GET", "subjects", null);
        return StreamSupport.stream(answer.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Versions of the subject, ascending. */
    public List<Integer> getAllVersions(String subject) {
        JsonNode answer = servers.ask("subject '" + subject + "'", "GET", versions(subject), null);
        return StreamSupport.stream(answer.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    public SchemaMetadata getLatestSchemaMetadata(String subject) {
        return metadata(subject, "latest");
    }

    public SchemaMetadata getSchemaMetadata(String subject, int version) {
        return metadata(subject, Integer.toString(version));
    }

    private SchemaMetadata metadata(String subject, String version) {
        String about = "subject '" + subject + "' version " + version;
        JsonNode answer = servers.ask(about, "GET", versions(subject) + "/" + version, null);
        return new SchemaMetadata(
                subject,
                required(about, answer, "id").asInt(),
                required(about, answer, "version").asInt(),
                parsed(about, answer));
    }

    /** Whether the latest version of the subject, and with a transitive level all, would accept this schema. */
    public boolean testCompatibility(String subject, Schema schema) {
        return compatibility(subject, schema).path("is_compatible").asBoolean();
    }

    /** Why the schema would be refused, in the registry's words; empty when it would be accepted. */
    public List<String> testCompatibilityVerbose(String subject, Schema schema) {
        JsonNode answer = compatibility(subject, schema);
        if (answer.path("is_compatible").asBoolean()) {
            return List.of();
        }
        List<String> reasons = StreamSupport.stream(answer.path("messages").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return reasons.isEmpty() ? List.of("subject '" + subject + "': incompatible") : reasons;
    }

    private JsonNode compatibility(String subject, Schema schema) {
        String path = "compatibility/" + versions(subject) + "/latest?verbose=true";
        return servers.ask("compatibility with subject '" + subject + "'", "POST", path, request(schema));
    }

    /** Level that holds where a subject has none of its own. */
    public Compatibility getCompatibility() {
        return level("global compatibility", servers.ask("global compatibility", "GET", "config", null));
    }

    /** Level that holds for the subject: its own, else the global one. */
    public Compatibility getCompatibility(String subject) {
        String about = "compatibility of subject '" + subject + "'";
        return level(about, servers.ask(about, "GET", config(subject) + "?defaultToGlobal=true", null));
    }

    public void updateCompatibility(Compatibility level) {
        servers.ask("global compatibility", "PUT", "config", request(level));
    }

    public void updateCompatibility(String subject, Compatibility level) {
        servers.ask("compatibility of subject '" + subject + "'", "PUT", config(subject), request(level));
    }

    @Override
    public void close() {
        servers.close();
    }

    private static Compatibility level(String about, JsonNode answer) {
        String name = required(about, answer, "compatibilityLevel").asText();
        try {
            return Compatibility.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw misunderstood(about, "a level such as FULL", "'" + name + "'", e);
        }
    }

    private static Schema parsed(String about, JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw misunderstood(about, "an Avro schema", "one of type " + type, null);
        }
        try {
            return new Schema.Parser().parse(required(about, answer, "schema").asText());
        } catch (AvroRuntimeException e) {
            throw misunderstood(about, "an Avro schema", e.getMessage(), e);
        }
    }

    private static JsonNode required(String about, JsonNode answer, String field) {
        if (!answer.hasNonNull(field)) {
            throw misunderstood(about, "an answer with '" + field + "'", "none", null);
        }
        return answer.get(field);
    }

    private static SchemaRegistryException misunderstood(
            String about, String expected, @Nullable String found, @Nullable Throwable cause) {
        return new SchemaRegistryException(
                SchemaRegistryException.NO_CODE,
                about + ": expected " + expected + " from the schema registry, found " + found,
                cause);
    }

    private static ObjectNode request(Schema schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    }

    private static ObjectNode request(Compatibility level) {
        return JsonNodeFactory.instance.objectNode().put("compatibility", level.name());
    }

    private static String versions(String subject) {
        return "subjects/" + encoded(subject) + "/versions";
    }

    private static String config(String subject) {
        return "config/" + encoded(subject);
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
