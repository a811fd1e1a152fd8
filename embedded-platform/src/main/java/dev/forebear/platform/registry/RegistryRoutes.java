package dev.forebear.platform.registry;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Confluent REST API: its paths and what each of them asks of the registry. */
final class RegistryRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryRoutes.class);

    private static final String MODE = "READWRITE";

    private final SchemaRegistry registry;

    RegistryRoutes(SchemaRegistry registry) {
        this.registry = registry;
    }

    void addTo(RoutesConfig routes) {
        routes.before(on(RegistryCall::refusePagesOfOtherSites));
        routes.get("/", on(call -> call.answer(Map.of())));
        routes.get("/contexts", on(call -> call.answer(List.of("."))));
        schemas(routes);
        subjects(routes);
        versions(routes);
        compatibility(routes);
        globalLevel(routes);
        subjectLevel(routes);
        modes(routes);
        errors(routes);
    }

    private static Handler on(Consumer<RegistryCall> action) {
        return context -> action.accept(new RegistryCall(context));
    }

    private void schemas(RoutesConfig routes) {
        routes.get("/schemas", on(call -> call.answer(schemas(call))));
        routes.get("/schemas/types", on(call -> call.answer(List.of("AVRO"))));
        routes.get("/schemas/ids/{id}", on(call -> call.answer(Map.of("schema", registry.schema(call.id())))));
        routes.get("/schemas/ids/{id}/schema", on(call -> call.answerJson(registry.schema(call.id()))));
        routes.get(
                "/schemas/ids/{id}/subjects",
                on(call -> call.answer(
                        uses(call).map(SchemaVersion::subject).distinct().toList())));
        routes.get(
                "/schemas/ids/{id}/versions",
                on(call -> call.answer(uses(call)
                        .map(use -> Map.of("subject", use.subject(), "version", use.version()))
                        .toList())));
    }

    private List<Map<String, Object>> schemas(RegistryCall call) {
        boolean latestOnly = call.flag("latestOnly");
        return registry.subjects(call.prefix(), call.deleted()).stream()
                .map(subject -> registry.versions(subject, call.deleted()))
                .flatMap(versions -> latestOnly ? Stream.of(versions.getLast()) : versions.stream())
                .map(RegistryRoutes::body)
                .toList();
    }

    private Stream<SchemaVersion> uses(RegistryCall call) {
        return registry.uses(call.id(), call.deleted()).stream();
    }

    private void subjects(RoutesConfig routes) {
        routes.get("/subjects", on(call -> call.answer(registry.subjects(call.prefix(), call.deleted()))));
        routes.post(
                "/subjects/{subject}",
                on(call -> call.answer(body(registry.lookUp(call.subject(), call.schema(), call.deleted())))));
        routes.delete(
                "/subjects/{subject}",
                on(call -> call.answer(registry.deleteSubject(call.subject(), call.permanent()))));
    }

    private void versions(RoutesConfig routes) {
        String all = "/subjects/{subject}/versions";
        String one = all + "/{version}";
        routes.get(
                all,
                on(call -> call.answer(registry.versions(call.subject(), call.deleted()).stream()
                        .map(SchemaVersion::version)
                        .toList())));
        routes.post(all, on(call -> call.answer(Map.of("id", registry.register(call.subject(), call.schema())))));
        routes.get(one, on(call -> call.answer(body(named(call)))));
        routes.get(one + "/schema", on(call -> call.answerJson(named(call).schema())));
        // Schemas with references are refused, so none refers to this one.
        routes.get(one + "/referencedby", on(call -> {
            named(call);
            call.answer(List.of());
        }));
        routes.delete(
                one, on(call -> call.answer(registry.deleteVersion(call.subject(), call.version(), call.permanent()))));
    }

    private SchemaVersion named(RegistryCall call) {
        return registry.version(call.subject(), call.version(), call.deleted());
    }

    private void compatibility(RoutesConfig routes) {
        routes.post(
                "/compatibility/subjects/{subject}/versions",
                on(call -> judge(call, registry.compatibility(call.subject(), call.schema()))));
        routes.post(
                "/compatibility/subjects/{subject}/versions/{version}",
                on(call -> judge(call, registry.compatibility(call.subject(), call.version(), call.schema()))));
    }

    private static void judge(RegistryCall call, List<String> problems) {
        boolean compatible = problems.isEmpty();
        call.answer(
                call.flag("verbose")
                        ? Map.of("is_compatible", compatible, "messages", problems)
                        : Map.of("is_compatible", compatible));
    }

    private void globalLevel(RoutesConfig routes) {
        routes.get("/config", on(call -> call.answer(current(registry.globalLevel()))));
        routes.put("/config", on(call -> {
            CompatibilityLevel level = CompatibilityLevel.named(call.text("compatibility"));
            registry.setLevel(null, level);
            call.answer(changed(level));
        }));
        routes.delete("/config", on(call -> {
            CompatibilityLevel before = registry.globalLevel();
            registry.setLevel(null, null);
            call.answer(current(before));
        }));
    }

    private void subjectLevel(RoutesConfig routes) {
        routes.get("/config/{subject}", on(call -> call.answer(current(ownLevel(call)))));
        routes.put("/config/{subject}", on(call -> {
            CompatibilityLevel level = CompatibilityLevel.named(call.text("compatibility"));
            registry.setLevel(call.subject(), level);
            call.answer(changed(level));
        }));
        routes.delete("/config/{subject}", on(call -> {
            CompatibilityLevel before = ownLevel(call);
            registry.setLevel(call.subject(), null);
            call.answer(current(before));
        }));
    }

    private CompatibilityLevel ownLevel(RegistryCall call) {
        return registry.ownLevel(call.subject()).orElseGet(() -> {
            if (call.flag("defaultToGlobal")) {
                return registry.globalLevel();
            }
            throw RegistryError.noSubjectLevel(call.subject());
        });
    }

    private static Map<String, String> current(CompatibilityLevel level) {
        return Map.of("compatibilityLevel", level.name());
    }

    /** The API calls the same thing by another name where it was set. */
    private static Map<String, String> changed(CompatibilityLevel level) {
        return Map.of("compatibility", level.name());
    }

    private static void modes(RoutesConfig routes) {
        for (String path : List.of("/mode", "/mode/{subject}")) {
            routes.get(path, on(call -> call.answer(Map.of("mode", MODE))));
            routes.put(path, on(call -> {
                String mode = call.text("mode");
                if (!mode.equals(MODE)) {
                    throw RegistryError.invalidMode(mode);
                }
                call.answer(Map.of("mode", MODE));
            }));
        }
    }

    private static Map<String, Object> body(SchemaVersion version) {
        return Map.of(
                "subject", version.subject(),
                "version", version.version(),
                "id", version.id(),
                "schema", version.schema());
    }

    private static void errors(RoutesConfig routes) {
        routes.exception(RegistryError.class, (e, context) -> {
            if (e.status() >= 500) {
                logFailure(e, context);
            }
            new RegistryCall(context).refuse(e.status(), e.code(), String.valueOf(e.getMessage()));
        });
        routes.exception(
                HttpResponseException.class,
                (e, context) -> new RegistryCall(context)
                        .refuse(e.getStatus(), e.getStatus(), "HTTP " + e.getStatus() + " " + e.getMessage()));
        routes.exception(Exception.class, (e, context) -> {
            logFailure(e, context);
            new RegistryCall(context).refuse(500, 500, "Internal Server Error");
        });
    }

    private static void logFailure(Exception e, Context context) {
        LOG.atError().setCause(e).addKeyValue("path", context.path()).log("schema registry failed");
    }
}
