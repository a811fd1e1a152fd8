package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;

/** {@code /models} and {@code /model}: model versions, one or many. */
final class ModelRoutes {

    private final ReadModel model;
    private final Answers answers;
    private final ModelPages pages;
    private final Graphs graphs;

    ModelRoutes(ReadModel model, Answers answers, ModelPages pages, Graphs graphs) {
        this.model = model;
        this.answers = answers;
        this.pages = pages;
        this.graphs = graphs;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/models", this::list);
        config.routes.get(ApiRoutes.ROOT + "/models/facets", this::facets);
        config.routes.get(ApiRoutes.ROOT + "/model", this::one);
        config.routes.get(ApiRoutes.ROOT + "/model/versions", this::versions);
        config.routes.get(ApiRoutes.ROOT + "/model/lineage", this::lineage);
    }

    private void list(Context context) {
        var parameters = new Parameters(context);
        ModelFilter filter = ModelFilter.of(parameters);
        Cursor cursor = ModelQueries.LATEST.order().cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context, () -> model.queries().withHandle(handle -> ModelQueries.page(handle, filter, cursor, limit)));
    }

    private void facets(Context context) {
        ModelFilter filter = ModelFilter.of(new Parameters(context));
        answers.tagged(context, () -> model.queries().withHandle(handle -> ModelFacets.of(handle, filter)));
    }

    private void one(Context context) {
        String id = new Parameters(context).id();
        answers.tagged(context, () -> pages.of(id));
    }

    private void versions(Context context) {
        var parameters = new Parameters(context);
        String id = parameters.id();
        Cursor cursor = ModelQueries.LATEST.order().cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context,
                () -> model.queries().withHandle(handle -> {
                    String modelId = ModelIds.model(handle, id);
                    return ModelQueries.LATEST.page(
                            handle, () -> new Conditions().is("model_version.model_id", modelId), cursor, limit);
                }));
    }

    private void lineage(Context context) {
        Graphs.Question question = Graphs.Question.of(new Parameters(context));
        answers.tagged(context, () -> graphs.of(question));
    }
}
