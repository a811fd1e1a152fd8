package dev.forebear.benchmarks;

import dev.forebear.alerts.readmodel.LineageGraph;
import dev.forebear.alerts.readmodel.LineageGraphs;
import dev.forebear.alerts.readmodel.ReadModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** What the pages ask of the read model; each returns how many rows came, which is expected to be at least one. */
final class DashboardQueries {

    private static final String SOME_DAY = "1775000000000";
    private static final int GRAPH_NODES = 5_000;

    private final Map<String, ToIntFunction<ReadModel>> queries = new LinkedHashMap<>();

    DashboardQueries() {
        models();
        alerts();
        others();
    }

    Map<String, ToIntFunction<ReadModel>> all() {
        return queries;
    }

    private void models() {
        models("models, newest", "1");
        models("models, a page in the middle", "received_at < " + SOME_DAY);
        models("models of a registry", "registry = 'research'");
        models("models not analysed", "progress = 'not-analysed'");
        models("models of a licence", "licence = 'cc-by-nc-4.0'");
        models("models with a proven ancestor", "proven > 0");
        models("models with an undeclared ancestor", "undeclared = 1");
        models(
                "models of a registry, undeclared, of a licence",
                "registry = 'research' AND undeclared = 1 AND licence = 'mit'");
        sql("versions of a model", "SELECT * FROM model_version WHERE model_id = 'research/vision/model-5311'");
        sql("models by progress, counted", "SELECT progress, count(*) FROM model_version GROUP BY progress");
        sql("models with a proven ancestor, counted", "SELECT count(*) FROM model_version WHERE proven > 0");
        sql("descendants of a base of 20,000, a page", """
            SELECT * FROM match WHERE base_model_id = 'hub/publisher-0/base-0' AND proven = 1
            ORDER BY reported_at DESC LIMIT 50
            """);
        sql(
                "descendants of a base of 20,000, counted",
                "SELECT count(*) FROM match WHERE base_model_id = 'hub/publisher-0/base-0' AND proven = 1");
    }

    private void alerts() {
        alerts("alerts, newest", "1", "updated_at DESC, id");
        alerts("alerts open, most severe first", "state = 'open'", "severity_rank DESC, updated_at DESC, id");
        alerts("alerts of a rule", "rule = 'licence-conflict' AND state = 'open'", "updated_at DESC");
        alerts("alerts of a team", "team = 'nlp' AND state = 'open'", "updated_at DESC");
        alerts("alerts of a registry", "registry = 'research' AND state = 'open'", "updated_at DESC");
        alerts("alerts on an ancestor", "base_model_id = 'hub/publisher-0/base-0'", "updated_at DESC");
        sql("alerts grouped by ancestor and rule", """
            SELECT base_model_id, rule, count(*), max(severity_rank), max(updated_at) AS at FROM alert
            WHERE state = 'open' GROUP BY base_model_id, rule ORDER BY max(severity_rank) DESC, at DESC LIMIT 50
            """);
        sql(
                "alerts by state and severity, counted",
                "SELECT state, severity_rank, count(*) FROM alert GROUP BY state, severity_rank");
    }

    private void others() {
        search("search, a rare name", "model-4711");
        search("search, a name that a tenth has", "model-2");
        search("search, a name that a fifth has", "publisher-0/base-0");
        search("search, a licence", "cc-by-nc");
        queries.put(
                "graph of " + GRAPH_NODES + " descendants",
                model -> graph(model, "hub/publisher-0/base-0@main", LineageGraph.Direction.DESCENDANTS));
        queries.put(
                "graph around a model",
                model -> graph(model, GeneratedRegistry.id(60_005), LineageGraph.Direction.BOTH));
    }

    private static int graph(ReadModel model, String id, LineageGraph.Direction direction) {
        return new LineageGraphs(model.queries())
                .around(id, direction, 20, GRAPH_NODES)
                .nodes()
                .size();
    }

    private void models(String name, String condition) {
        sql(name, "SELECT * FROM model_version WHERE " + condition + " ORDER BY received_at DESC, id LIMIT 50");
        sql(name + ", counted", "SELECT count(*) FROM model_version WHERE " + condition);
    }

    private void alerts(String name, String condition, String order) {
        sql(name, "SELECT * FROM alert WHERE " + condition + " ORDER BY " + order + " LIMIT 50");
    }

    private void search(String name, String part) {
        sql(name, """
            SELECT id FROM search WHERE search MATCH '"%s"' ORDER BY rank LIMIT 50
            """.formatted(part));
    }

    private void sql(String name, String text) {
        queries.put(
                name,
                model -> model.queries()
                        .withHandle(handle ->
                                handle.createQuery(text).mapToMap().list().size()));
    }
}
