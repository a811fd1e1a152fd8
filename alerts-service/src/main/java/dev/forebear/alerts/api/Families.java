package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ProvenFamily;
import dev.forebear.alerts.readmodel.ReadModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who descends from a model. The last few are kept for as long as nothing changes: who pages through ten thousand
 * descendants asks for the same family many times. Thread-safe.
 */
final class Families {

    private static final int MOST_MODELS = 20_000;
    private static final int KEPT = 16;

    private final ReadModel model;
    private final Map<String, ProvenFamily> known = new LinkedHashMap<>();
    private long revision;

    Families(ReadModel model) {
        this.model = model;
    }

    /** The descendants of all versions of a model. Not to be asked while a connection is held. */
    ProvenFamily of(String modelId) {
        long now = model.revision();
        synchronized (known) {
            if (now != revision || known.size() > KEPT) {
                known.clear();
                revision = now;
            }
            ProvenFamily family = known.get(modelId);
            if (family != null) {
                return family;
            }
        }
        List<String> versions = model.queries().withHandle(handle -> Ancestors.versions(handle, modelId));
        ProvenFamily family = model.descent().of(versions, MOST_MODELS);
        synchronized (known) {
            if (now == revision) {
                known.put(modelId, family);
            }
        }
        return family;
    }
}
