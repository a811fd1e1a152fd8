package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code /ancestor}: who descends from a model, for the day on which it turns out to be poisoned. */
final class AncestorRoutes {

    private static final Order NEAREST =
            Order.of("descendants", Order.smallest("depth"), Order.text("id"));

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
        answers.tagged(context, () -> model.queries().withHandle(handle -> {
            String modelId = ModelIds.model(handle, id);
            return Ancestors.of(handle, modelId, family(handle, modelId));
        }));
    }

    private void descendants(Context context) {
        var parameters = new Parameters(context);
        String id = parameters.id();
        Filter filter = Filter.of(parameters);
        Cursor cursor = NEAREST.cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(context, () -> model.queries().withHandle(handle -> {
            Kin family = family(handle, ModelIds.model(handle, id));
            return page(handle, family, filter, cursor, limit);
        }));
    }

    private Kin family(Handle handle, String modelId) {
        return families.of(handle, Ancestors.versions(handle, modelId), Kin.Way.DESCENDANTS);
    }

    private static Listing<DescendantView> page(
            Handle handle, Kin family, Filter filter, @Nullable Cursor cursor, int limit) {
        List<Kin.Relative> all = family.relatives();
        if (filter.looksAtFacts()) {
            Map<String, Descendants.Facts> facts =
                    Descendants.facts(handle, all.stream().map(Kin.Relative::id).toList());
            all = all.stream()
                    .filter(relative -> filter.test(facts.getOrDefault(relative.id(), Descendants.Facts.none(relative.id()))))
                    .toList();
        }
        List<Kin.Relative> asked =
                all.stream().filter(relative -> filter.depth == 0 || relative.depth() == filter.depth).toList();
        List<Kin.Relative> shown = asked.stream()
                .filter(relative -> cursor == null || isAfter(relative, cursor))
                .limit(limit + 1L)
                .toList();
        List<Kin.Relative> page = shown.subList(0, Math.min(limit, shown.size()));
        Cursor next = shown.size() <= limit
                ? null
                : NEAREST.cursor(List.of((long) page.getLast().depth(), page.getLast().id()));
        Map<String, Descendants.Facts> facts =
                Descendants.facts(handle, page.stream().map(Kin.Relative::id).toList());
        return Listing.of(Descendants.views(page, facts), next, asked.size());
    }

    private static boolean isAfter(Kin.Relative relative, Cursor cursor) {
        long depth = (Long) cursor.values().get(0);
        String id = (String) cursor.values().get(1);
        return relative.depth() > depth || relative.depth() == depth && relative.id().compareTo(id) > 0;
    }

    /** Which descendants somebody asks for; a depth of 0 stands for any. */
    private record Filter(int depth, List<String> registries, List<String> teams, @Nullable Boolean deleted)
            implements Predicate<Descendants.Facts> {

        static Filter of(Parameters parameters) {
            return new Filter(
                    parameters.number("depth", 1, Integer.MAX_VALUE, 0),
                    parameters.texts("registry"),
                    parameters.texts("team"),
                    parameters.flag("deleted"));
        }

        boolean looksAtFacts() {
            return !registries.isEmpty() || !teams.isEmpty() || deleted != null;
        }

        @Override
        public boolean test(Descendants.Facts facts) {
            return (registries.isEmpty() || registries.contains(facts.registry()))
                    && (teams.isEmpty() || teams.contains(facts.team() == null ? "" : facts.team()))
                    && (deleted == null || deleted == (facts.deletedAt() != null));
        }
    }
}
