package dev.forebear.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the pages ask the API for, on a {@link GeneratedRegistry}. */
final class DashboardQueries {

    private static final String LARGE_BASE = "hub/publisher-0/base-0";
    private static final String BASE = "hub/publisher-5/base-5";

    private DashboardQueries() {}

    /** Paths below the root of the API, by what they are. */
    static Map<String, String> paths() {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("overview", "/overview");
        models(paths);
        alerts(paths);
        paths.put("search, a rare name", "/search?query=model-4711");
        paths.put("search, a name that a tenth has", "/search?query=model-2");
        paths.put("search, an ancestor that a fifth has", "/search?query=publisher-0/base-0");
        paths.put("search, a licence", "/search?query=cc-by-nc");
        paths.put("ancestor of 400", "/ancestor?id=" + BASE);
        paths.put("descendants of 400, a page", "/ancestor/descendants?id=" + BASE);
        paths.put("ancestor of 20,000", "/ancestor?id=" + LARGE_BASE);
        paths.put("descendants of 20,000, a page", "/ancestor/descendants?id=" + LARGE_BASE);
        paths.put(
                "graph of 5,000 descendants",
                "/model/lineage?direction=descendants&depth=50&nodes=5000&id=" + LARGE_BASE);
        paths.put("graph around a model", "/model/lineage?id=" + GeneratedRegistry.id(60_005));
        paths.put("whole family of 400", "/descendants?id=" + BASE);
        paths.put("whole family of 20,000", "/descendants?id=" + LARGE_BASE);
        paths.put("everything above a model", "/ancestors?id=" + GeneratedRegistry.id(60_005));
        paths.put("deliveries", "/deliveries");
        paths.put("deliveries that failed", "/deliveries?outcome=failed&last=true");
        paths.put("deliveries of a model", "/deliveries?derived=" + GeneratedRegistry.modelId(60_200));
        paths.put("audit trail", "/audit");
        paths.put("audit trail of a person", "/audit?author=responder-7");
        paths.put("audit trail, refused", "/audit?refused=true");
        paths.put("registries", "/registries");
        return paths;
    }

    /** Arguments of the program, by what they ask for. */
    static Map<String, List<String>> commands() {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("command, whole family of 400", List.of("descendants", BASE));
        commands.put("command, whole family of 20,000", List.of("descendants", LARGE_BASE));
        commands.put("command, that as a table", List.of("descendants", LARGE_BASE, "--format", "csv"));
        return commands;
    }

    private static void models(Map<String, String> paths) {
        paths.put("models, newest", "/models");
        paths.put("models of a registry", "/models?registry=research");
        paths.put("models not analysed", "/models?progress=not-analysed");
        paths.put("models of a licence", "/models?licence=cc-by-nc-4.0");
        paths.put("models with a proven ancestor", "/models?proven=true");
        paths.put("models with an undeclared ancestor", "/models?undeclared=true");
        paths.put(
                "models of a registry and licence, undeclared",
                "/models?registry=research&undeclared=true&licence=mit");
        paths.put("models by part of a name", "/models?query=model-47");
        paths.put("models by a name that a tenth has", "/models?query=model-2");
        paths.put("models by an ancestor that a fifth has", "/models?query=publisher-0/base-0");
        paths.put(
                "models by that and a registry, counted by filter",
                "/models/facets?query=publisher-0/base-0&registry=research");
        paths.put("models counted by filter", "/models/facets");
        paths.put("one model", "/model?id=" + GeneratedRegistry.id(60_005));
        paths.put("its versions", "/model/versions?id=" + GeneratedRegistry.modelId(60_005));
    }

    private static void alerts(Map<String, String> paths) {
        paths.put("alerts, most urgent", "/alerts");
        paths.put("alerts, newest", "/alerts?sort=updated");
        paths.put("alerts open, critical", "/alerts?state=open&severity=critical");
        paths.put("alerts of a rule", "/alerts?state=open&rule=licence-conflict");
        paths.put("alerts of a team", "/alerts?state=open&team=nlp");
        paths.put("alerts of a registry", "/alerts?state=open&registry=research");
        paths.put("alerts on an ancestor", "/alerts?ancestor=" + LARGE_BASE);
        paths.put("alerts by part of a name", "/alerts?query=base-17");
        paths.put("alerts counted by filter", "/alerts/facets");
        paths.put("alerts in groups", "/alert-groups");
        paths.put("alerts in groups, of a registry", "/alert-groups?registry=research");
        paths.put("one alert", "/alerts/al_%016x".formatted(4711));
    }
}
