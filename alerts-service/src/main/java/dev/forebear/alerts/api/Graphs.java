package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.LineageGraph.Direction;
import dev.forebear.alerts.readmodel.LineageGraphs;
import dev.forebear.alerts.readmodel.ReadModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code /model/lineage}: what is around a model version. */
final class Graphs {

    private static final List<String> DIRECTIONS =
            Arrays.stream(Direction.values()).map(Json::word).toList();

    private static final int DEFAULT_DEPTH = 10;
    private static final int MAX_DEPTH = 50;
    private static final int DEFAULT_NODES = 1_000;
    private static final int MAX_NODES = 5_000;

    private final ReadModel model;
    private final LineageGraphs graphs;

    Graphs(ReadModel model) {
        this.model = model;
        this.graphs = new LineageGraphs(model.queries());
    }

    /** What somebody asks for. */
    record Question(String id, Direction direction, int depth, int nodes) {

        static Question of(Parameters parameters) {
            String direction = parameters.choice("direction", DIRECTIONS, Json.word(Direction.BOTH));
            return new Question(
                    parameters.id(),
                    Direction.valueOf(direction.toUpperCase(Locale.ROOT)),
                    parameters.number("depth", 1, MAX_DEPTH, DEFAULT_DEPTH),
                    parameters.number("nodes", 1, MAX_NODES, DEFAULT_NODES));
        }
    }

    GraphView of(Question question) {
        String root = model.queries().withHandle(handle -> ModelIds.version(handle, question.id));
        return GraphView.of(root, graphs.around(root, question.direction, question.depth, question.nodes));
    }
}
