package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ProvenFamily;
import dev.forebear.alerts.readmodel.ProvenFamily.Member;
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
        answers.tagged(context, () -> {
            String modelId = modelId(id);
            ProvenFamily family = families.of(modelId);
            return model.queries().withHandle(handle -> Ancestors.of(handle, modelId, family));
        });
    }

    private void descendants(Context context) {
        var parameters = new Parameters(context);
        String id = parameters.id();
        Filter filter = Filter.of(parameters);
        Cursor cursor = NEAREST.cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(context, () -> {
            ProvenFamily family = families.of(modelId(id));
            return model.queries().withHandle(handle -> page(handle, filter.of(handle, family), cursor, limit));
        });
    }

    private String modelId(String id) {
        return model.queries().withHandle(handle -> ModelIds.model(handle, id));
    }

    private static Listing<DescendantView> page(Handle handle, List<Member> asked, @Nullable Cursor cursor, int limit) {
        List<Member> rest = asked.stream()
                .filter(member -> cursor == null || isAfter(member, cursor))
                .limit(limit + 1L)
                .toList();
        List<Member> page = rest.subList(0, Math.min(limit, rest.size()));
        Cursor next = rest.size() <= limit
                ? null
                : NEAREST.cursor(
                        List.of((long) page.getLast().depth(), page.getLast().id()));
        return Listing.of(Descendants.views(handle, page), next, asked.size());
    }

    private static boolean isAfter(Member member, Cursor cursor) {
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

        List<Member> of(Handle handle, ProvenFamily family) {
            Map<String, String> teamsOf = teams.isEmpty() ? Map.of() : Descendants.teams(handle, family.members());
            return family.members().stream()
                    .filter(member -> depth == 0 || member.depth() == depth)
                    .filter(member -> deleted == null || deleted == member.deleted())
                    .filter(member -> registries.isEmpty() || registries.contains(member.registry()))
                    .filter(member -> teams.isEmpty() || teams.contains(teamsOf.getOrDefault(member.modelId(), "")))
                    .toList();
        }
    }
}
