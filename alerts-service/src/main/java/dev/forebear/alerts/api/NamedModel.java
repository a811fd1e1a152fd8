package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.FamilyTrees;
import dev.forebear.runtime.yaml.Spelling;
import dev.forebear.schemas.ModelReference;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What somebody means who names a model in whatever way people and tools write models.
 *
 * @param modelId {@code <registry>/<name>}; as asked where only declarations tell of it
 * @param version null when all of them are meant
 * @param versions ids of those that are meant; empty where only declarations tell of it
 */
record NamedModel(String modelId, @Nullable String version, List<String> versions) {

    private static final int MOST_SHOWN = 5;
    private static final String BY_SEGMENT = """
        SELECT DISTINCT model_id, registry, name FROM model_name
        WHERE segment IN (SELECT value FROM json_each(:segments)) ORDER BY model_id\
        """;
    private static final String LIKE = """
        SELECT DISTINCT model_id FROM model_name WHERE instr(segment, :part) > 0
        ORDER BY length(segment), model_id LIMIT %d\
        """.formatted(MOST_SHOWN);

    NamedModel {
        versions = List.copyOf(versions);
    }

    private record Name(String modelId, String registry, String name) {}

    /** {@code <registry>/<name>}, or {@code <registry>/<name>@<version>}. */
    String id() {
        return version == null ? modelId : modelId + "@" + version;
    }

    boolean isKnown() {
        return !versions.isEmpty();
    }

    /**
     * The model of that id, or else the only one that the text may mean, or else one that is declared by that name.
     *
     * @throws NotFoundResponse when there is none
     * @throws BadRequestResponse when there are several
     */
    static NamedModel of(Handle handle, String text) {
        return exactly(handle, text)
                .or(() -> meant(handle, text))
                .or(() -> declared(handle, text))
                .orElseThrow(() -> unknown(handle, text));
    }

    /** The model, or the version of one, whose id this is. */
    static Optional<NamedModel> exactly(Handle handle, String id) {
        List<String> all = Ancestors.versions(handle, id);
        if (!all.isEmpty()) {
            return Optional.of(new NamedModel(id, null, all));
        }
        return handle.createQuery("""
            SELECT model_id FROM model_version WHERE id = :id
            UNION SELECT base_model_id FROM match WHERE base_id = :id\
            """)
                .bind("id", id)
                .mapTo(String.class)
                .findFirst()
                .map(modelId -> new NamedModel(modelId, id.substring(modelId.length() + 1), List.of(id)));
    }

    /** Says what is not known, and what may be meant. */
    static NotFoundResponse unknown(Handle handle, String text) {
        String part = ModelReference.lastSegment(text).replaceFirst("@.*", "");
        List<String> like =
                handle.createQuery(LIKE).bind("part", part).mapTo(String.class).list();
        String hint = like.isEmpty() ? Spelling.hint(part, segments(handle)) : "; known are " + String.join(", ", like);
        return new NotFoundResponse("no model " + Parameters.quoted(text) + " is known" + hint);
    }

    private static Optional<NamedModel> meant(Handle handle, String text) {
        ModelReference reference = ModelReference.of(text);
        List<String> models = handle
                .createQuery(BY_SEGMENT)
                .bind("segments", Json.array(reference.segments()))
                .map((row, context) -> new Name(row.getString(1), row.getString(2), row.getString(3)))
                .stream()
                .filter(name -> reference.means(name.registry, name.name))
                .map(Name::modelId)
                .distinct()
                .toList();
        if (models.size() > 1) {
            String more = models.size() > MOST_SHOWN ? " and " + (models.size() - MOST_SHOWN) + " more" : "";
            throw Parameters.wrong(
                    "id",
                    "the name of one model",
                    Parameters.quoted(text) + ", which may be "
                            + String.join(", ", models.subList(0, Math.min(MOST_SHOWN, models.size()))) + more);
        }
        return models.stream().findFirst().flatMap(model -> version(handle, model, text));
    }

    private static Optional<NamedModel> version(Handle handle, String modelId, String text) {
        int at = text.lastIndexOf('@');
        return exactly(handle, at < 0 ? modelId : modelId + text.substring(at));
    }

    private static Optional<NamedModel> declared(Handle handle, String text) {
        boolean whole = text.indexOf('/') > 0 && text.indexOf('@') < 0;
        return whole && FamilyTrees.isDeclared(handle, text)
                ? Optional.of(new NamedModel(text, null, List.of()))
                : Optional.empty();
    }

    private static List<String> segments(Handle handle) {
        return handle.createQuery("SELECT DISTINCT segment FROM model_name")
                .mapTo(String.class)
                .list();
    }
}
