package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.LineageGraph;
import dev.forebear.alerts.readmodel.LineageGraph.Direction;
import dev.forebear.alerts.readmodel.LineageGraphs;
import dev.forebear.alerts.readmodel.ReadModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Who descends from a model. The last few are kept for as long as nothing changes: who pages through ten thousand
 * descendants asks for the same family many times. Thread-safe.
 */
final class Families {

    private static final int MOST_MODELS = 20_000;
    private static final int KEPT = 16;

    private final ReadModel model;
    private final LineageGraphs graphs;
    private final Map<String, Family> known = new LinkedHashMap<>();
    private long revision;

    Families(ReadModel model) {
        this.model = model;
        this.graphs = new LineageGraphs(model.queries());
    }

    /** The descendants of all versions of a model. */
    Family of(Handle handle, String modelId) {
        long now = model.revision();
        synchronized (known) {
            if (now != revision || known.size() > KEPT) {
                known.clear();
                revision = now;
            }
            Family family = known.get(modelId);
            if (family != null) {
                return family;
            }
        }
        Family family = Family.of(around(start(handle, modelId)));
        synchronized (known) {
            if (now == revision) {
                known.put(modelId, family);
            }
        }
        return family;
    }

    private LineageGraph around(String id) {
        return graphs.around(id, Direction.DESCENDANTS, Integer.MAX_VALUE, MOST_MODELS);
    }

    /** The model, or a version of it that only reports on others tell of. */
    private static String start(Handle handle, String modelId) {
        return handle.createQuery("""
            SELECT base_id FROM match WHERE base_model_id = :id
                AND NOT EXISTS (SELECT 1 FROM model_version WHERE model_id = :id) LIMIT 1\
            """)
                .bind("id", modelId)
                .mapTo(String.class)
                .findFirst()
                .orElse(modelId);
    }
}
