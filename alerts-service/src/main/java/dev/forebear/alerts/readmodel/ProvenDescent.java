package dev.forebear.alerts.readmodel;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Who descends from whom, as far as weights prove. All steps are read when the first family is asked for and are kept;
 * of what has changed since, those are read again that changed. Thread-safe.
 */
public final class ProvenDescent {

    /** After so many changes that nobody asked about, reading all is no more work. */
    private static final int MOST_CHANGED = 20_000;

    private final Jdbi queries;
    private final Set<String> changed = new HashSet<>();
    private boolean isKept;
    private @Nullable ProvenSteps steps;

    ProvenDescent(Jdbi queries) {
        this.queries = queries;
    }

    /**
     * The family of some model versions. Uses a connection of its own: who holds one already may wait for himself.
     *
     * @param most members after which it ends
     */
    public synchronized ProvenFamily of(Collection<String> modelVersionIds, int most) {
        return queries.withHandle(this::current).family(modelVersionIds, most);
    }

    /** Told after the transaction. */
    void changed(Collection<String> modelVersionIds) {
        synchronized (changed) {
            if (isKept) {
                changed.addAll(modelVersionIds);
            }
            if (changed.size() > MOST_CHANGED) {
                forget();
            }
        }
    }

    /** Everything has changed. */
    void forget() {
        synchronized (changed) {
            changed.clear();
            isKept = false;
        }
    }

    private ProvenSteps current(Handle handle) {
        List<String> again;
        ProvenSteps known;
        // Before anything is read: what changes meanwhile is read twice, not never.
        synchronized (changed) {
            again = List.copyOf(changed);
            changed.clear();
            known = isKept ? steps : null;
            isKept = true;
        }
        steps = null;
        if (known == null) {
            known = ProvenSteps.read(handle);
        } else {
            known.readAgain(handle, again);
        }
        steps = known;
        return known;
    }
}
