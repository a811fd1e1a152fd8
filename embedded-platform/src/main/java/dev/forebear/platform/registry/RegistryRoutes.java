package dev.forebear.platform.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Confluent REST API: paths, parameters, bodies and codes. */
final class RegistryRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryRoutes.class);

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final Set<String> LOCAL_HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

    private static final Pattern JSON_TYPE =
            Pattern.compile("application/(vnd\\.schemaregistry(\\.v1)?\\+)?json( *;.*)?");

    private static final String MODE = "READWRITE";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final SchemaRegistry registry;

    RegistryRoutes(SchemaRegistry registry) {
        this.registry = registry;
    }

    void addTo(RoutesConfig routes) {
        routes.before(RegistryRoutes::refusePagesOfOtherSites);
        routes.get("/", context -> answer(context, Map.of()));
        routes.get("/contexts", context -> answer(context, List.of(".")));
        schemas(routes);
        subjects(routes);
        versions(routes);
        compatibility(routes);
        levels(routes);
        modes(routes);
        errors(routes);
    }

    private void schemas(RoutesConfig routes) {
        routes.get("/schemas", context -> {
            boolean latestOnly = flag(context, "latestOnly");
            answer(
                    context,
                    registry.subjects(prefix(context), flag(context, "deleted")).stream()
                            .map(subject -> registry.versions(subject, flag(context, "deleted")))
                            .flatMap(versions -> latestOnly ? Stream.of(versions.getLast()) : versions.stream())
                            .map(RegistryRoutes::body)
                            .toList());
        });
        routes.get("/schemas/types", context -> answer(context, List.of("AVRO")));
        routes.get("/schemas/ids/{id}", context -> answer(context, Map.of("schema", registry.schema(id(context)))));
        routes.get("/schemas/ids/{id}/schema", context -> raw(context, registry.schema(id(context))));
        routes.get(
                "/schemas/ids/{id}/subjects",
                context -> answer(
                        context,
                        uses(context).stream()
                                .map(SchemaVersion::subject)
                                .distinct()
                                .toList()));
        routes.get(
                "/schemas/ids/{id}/versions",
                context -> answer(
                        context,
                        uses(context).stream()
                                .map(use -> Map.of("subject", use.subject(), "version", use.version()))
                                .toList()));
    }

    private List<SchemaVersion> uses(Context context) {
        return registry.uses(id(context), flag(context, "deleted"));
    }

    private void subjects(RoutesConfig routes) {
        routes.get(
                "/subjects", context -> answer(context, registry.subjects(prefix(context), flag(context, "deleted"))));
        routes.post(
                "/subjects/{subject}",
                context -> answer(
                        context, body(registry.lookUp(subject(context), schema(context), flag(context, "deleted")))));
        routes.delete(
                "/subjects/{subject}",
                context -> answer(context, registry.deleteSubject(subject(context), flag(context, "permanent"))));
    }

    private void versions(RoutesConfig routes) {
        String one = "/subjects/{subject}/versions/{version}";
        routes.get(
                "/subjects/{subject}/versions",
                context -> answer(
                        context,
                        registry.versions(subject(context), flag(context, "deleted")).stream()
                                .map(SchemaVersion::version)
                                .toList()));
        routes.post(
                "/subjects/{subject}/versions",
                context -> answer(context, Map.of("id", registry.register(subject(context), schema(context)))));
        routes.get(one, context -> answer(context, body(named(context))));
        routes.get(one + "/schema", context -> raw(context, named(context).schema()));
        routes.get(one + "/referencedby", context -> {
            named(context);
            answer(context, List.of());
        });
        routes.delete(
                one,
                context -> answer(
                        context,
                        registry.deleteVersion(subject(context), version(context), flag(context, "permanent"))));
    }

    private SchemaVersion named(Context context) {
        return registry.version(subject(context), version(context), flag(context, "deleted"));
    }

    private void compatibility(RoutesConfig routes) {
        routes.post(
                "/compatibility/subjects/{subject}/versions",
                context -> compatible(context, registry.compatibility(subject(context), schema(context))));
        routes.post(
                "/compatibility/subjects/{subject}/versions/{version}",
                context -> compatible(
                        context, registry.compatibility(subject(context), version(context), schema(context))));
    }

    private static void compatible(Context context, List<String> problems) {
        boolean compatible = problems.isEmpty();
        answer(
                context,
                flag(context, "verbose")
                        ? Map.of("is_compatible", compatible, "messages", problems)
                        : Map.of("is_compatible", compatible));
    }

    private void levels(RoutesConfig routes) {
        routes.get("/config", context -> answer(context, level(registry.globalLevel())));
        routes.put("/config", context -> {
            CompatibilityLevel level = CompatibilityLevel.named(text(context, "compatibility"));
            registry.setLevel(null, level);
            answer(context, Map.of("compatibility", level.name()));
        });
        routes.delete("/config", context -> {
            CompatibilityLevel before = registry.globalLevel();
            registry.setLevel(null, null);
            answer(context, level(before));
        });
        routes.get("/config/{subject}", context -> answer(context, level(ownLevel(context))));
        routes.put("/config/{subject}", context -> {
            CompatibilityLevel level = CompatibilityLevel.named(text(context, "compatibility"));
            registry.setLevel(subject(context), level);
            answer(context, Map.of("compatibility", level.name()));
        });
        routes.delete("/config/{subject}", context -> {
            CompatibilityLevel before = ownLevel(context);
            registry.setLevel(subject(context), null);
            answer(context, level(before));
        });
    }

    private CompatibilityLevel ownLevel(Context context) {
        String subject = subject(context);
        return registry.ownLevel(subject).orElseGet(() -> {
            if (flag(context, "defaultToGlobal")) {
                return registry.globalLevel();
            }
            throw RegistryError.noSubjectLevel(subject);
        });
    }

    private static Map<String, String> level(CompatibilityLevel level) {
        return Map.of("compatibilityLevel", level.name());
    }

    private static void modes(RoutesConfig routes) {
        for (String path : List.of("/mode", "/mode/{subject}")) {
            routes.get(path, context -> answer(context, Map.of("mode", MODE)));
            routes.put(path, context -> {
                String mode = text(context, "mode");
                if (!mode.equals(MODE)) {
                    throw RegistryError.invalidMode(mode);
                }
                answer(context, Map.of("mode", MODE));
            });
        }
    }

    /**
     * A page that somebody opens in a browser on this machine reaches loopback too. It can neither send JSON nor, with
     * a name of its own that points here, hide that name.
     */
    private static void refusePagesOfOtherSites(Context context) {
        String host = String.valueOf(context.host()).replaceFirst(":\\d+$", "");
        if (!LOCAL_HOSTS.contains(host)) {
            throw RegistryError.foreignHost(host);
        }
        String type = context.contentType();
        if (context.bodyAsBytes().length > 0
                && (type == null || !JSON_TYPE.matcher(type).matches())) {
            throw RegistryError.notJson(type);
        }
    }

    private static void errors(RoutesConfig routes) {
        routes.exception(RegistryError.class, (e, context) -> {
            if (e.status() >= 500) {
                LOG.atError().setCause(e).addKeyValue("path", context.path()).log("schema registry failed");
            }
            error(context, e.status(), e.code(), String.valueOf(e.getMessage()));
        });
        routes.exception(
                HttpResponseException.class,
                (e, context) ->
                        error(context, e.getStatus(), e.getStatus(), "HTTP " + e.getStatus() + " " + e.getMessage()));
        routes.exception(Exception.class, (e, context) -> {
            LOG.atError().setCause(e).addKeyValue("path", context.path()).log("schema registry failed");
            error(context, 500, 500, "Internal Server Error");
        });
    }

    private static void error(Context context, int status, int code, String message) {
        answer(context.status(status), Map.of("error_code", code, "message", message));
    }

    private static Map<String, Object> body(SchemaVersion version) {
        return Map.of(
                "subject", version.subject(),
                "version", version.version(),
                "id", version.id(),
                "schema", version.schema());
    }

    private static int id(Context context) {
        String id = context.pathParam("id");
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            throw RegistryError.malformed("The specified id '" + id + "' is not a number");
        }
    }

    private static String subject(Context context) {
        String subject = context.pathParam("subject");
        if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
            throw RegistryError.invalidSubject(subject.strip());
        }
        return subject;
    }

    private static String prefix(Context context) {
        String prefix = context.queryParam("subjectPrefix");
        return prefix == null ? "" : prefix;
    }

    private static VersionName version(Context context) {
        return VersionName.parse(context.pathParam("version"));
    }

    private static boolean flag(Context context, String name) {
        return Boolean.parseBoolean(context.queryParam(name));
    }

    /** Text of the schema in the body; Avro without references. */
    private static String schema(Context context) {
        JsonNode body = json(context);
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") && !type.equals("null")) {
            throw RegistryError.invalidSchema("expected type AVRO, found " + type, null);
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryError.invalidSchema("expected a schema without references, found some", null);
        }
        return text(body, "schema");
    }

    private static String text(Context context, String field) {
        return text(json(context), field);
    }

    private static String text(JsonNode body, String field) {
        if (!body.path(field).isTextual()) {
            throw RegistryError.malformed("expected a body with the text '" + field + "', found none");
        }
        return body.get(field).asText();
    }

    private static JsonNode json(Context context) {
        try {
            return JSON.readTree(context.bodyAsBytes());
        } catch (IOException e) {
            throw RegistryError.malformed(
                    "expected a JSON body of a request to a schema registry, found something else");
        }
    }

    private static void raw(Context context, String json) {
        // As bytes: text would be sent in Latin-1, because the type names no charset.
        context.contentType(CONTENT_TYPE).result(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(Context context, Object body) {
        raw(context, JSON.valueToTree(body).toString());
    }
}
