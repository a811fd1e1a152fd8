package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The families looked through last, for as long as nothing changes: who pages through ten thousand descendants asks for
 * the same family many times. Thread-safe.
 */
final class Families {

    private static final int KEPT = 16;

    private final ReadModel model;
    private final Map<Question, Kin> known = new LinkedHashMap<>();
    private long revision;

    Families(ReadModel model) {
        this.model = model;
    }

    Kin of(Handle handle, Collection<String> roots, Kin.Way way) {
        var question = new Question(List.copyOf(roots), way);
        long now = model.revision();
        synchronized (known) {
            forgetOthersThan(now);
            Kin kin = known.get(question);
            if (kin != null) {
                return kin;
            }
        }
        Kin kin = Kin.of(handle, roots, way);
        synchronized (known) {
            if (now == revision && known.size() < KEPT) {
                known.put(question, kin);
            }
        }
        return kin;
    }

    private void forgetOthersThan(long now) {
        if (now != revision || known.size() >= KEPT) {
            known.clear();
            revision = now;
        }
    }

    private record Question(List<String> roots, Kin.Way way) {}
}
