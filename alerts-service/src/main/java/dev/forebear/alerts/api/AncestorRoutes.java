package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code /ancestor}: who descends from a model, for the day on which it turns out to be poisoned. */
final class AncestorRoutes {

    private static final Order NEAREST = Order.of("descendants", Order.smallest("depth"), Order.text("id"));

    private final ReadModel model;
    private final Answers answers;
    private final Families families;

    AncestorRoutes(ReadModel model, Answers answers, Families families) {
        this.model = model;
        this.answers = answers;
        this.families = families;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/ancestor", this::one);
        config.routes.get(ApiRoutes.ROOT + "/ancestor/descendants", this::descendants);
    }

    private void one(Context context) {
        String id = new Parameters(context).id();
        answers.tagged(
                context,
                () -> model.queries().withHandle(handle -> {
                    String modelId = ModelIds.model(handle, id);
                    return Ancestors.of(handle, modelId, families.of(handle, modelId));
                }));
    }

    private void descendants(Context context) {
        var parameters = new Parameters(context);
        String id = parameters.id();
        Filter filter = Filter.of(parameters);
        Cursor cursor = NEAREST.cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context,
                () -> model.queries().withHandle(handle -> {
                    Family family = families.of(handle, ModelIds.model(handle, id));
                    return page(handle, filter.of(handle, family), cursor, limit);
                }));
    }

    private static Listing<DescendantView> page(
            Handle handle, List<Family.Member> asked, @Nullable Cursor cursor, int limit) {
        List<Family.Member> rest = asked.stream()
                .filter(member -> cursor == null || isAfter(member, cursor))
                .limit(limit + 1L)
                .toList();
        List<Family.Member> page = rest.subList(0, Math.min(limit, rest.size()));
        Cursor next = rest.size() <= limit
                ? null
                : NEAREST.cursor(
                        List.of((long) page.getLast().depth(), page.getLast().id()));
        return Listing.of(Descendants.views(handle, page), next, asked.size());
    }

    private static boolean isAfter(Family.Member member, Cursor cursor) {
        long depth = (Long) cursor.values().get(0);
        String id = (String) cursor.values().get(1);
        return member.depth() > depth || member.depth() == depth && member.id().compareTo(id) > 0;
    }

    /** Which descendants somebody asks for; a depth of 0 stands for any. */
    private record Filter(
            int depth,
            List<String> registries,
            List<String> teams,
            @Nullable Boolean deleted) {

        static Filter of(Parameters parameters) {
            return new Filter(
                    parameters.number("depth", 1, Integer.MAX_VALUE, 0),
                    parameters.texts("registry"),
                    parameters.texts("team"),
                    parameters.flag("deleted"));
        }

        List<Family.Member> of(Handle handle, Family family) {
            Map<String, String> teamsOf = teams.isEmpty() ? Map.of() : Descendants.teams(handle, family.members());
            return family.members().stream()
                    .filter(member -> depth == 0 || member.depth() == depth)
                    .filter(member ->
                            deleted == null || deleted == (member.node().deletedAt() != null))
                    .filter(member -> registries.isEmpty() || registries.contains(registry(member)))
                    .filter(member -> teams.isEmpty()
                            || teams.contains(teamsOf.getOrDefault(member.node().modelId(), "")))
                    .toList();
        }
    }

    static String registry(Family.Member member) {
        String modelId = member.node().modelId();
        return modelId.substring(0, modelId.indexOf('/'));
    }
}
