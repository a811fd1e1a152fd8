package dev.forebear.alerts.policy.licence;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which licences derivatives are commonly seen to carry, by the licence of what they were made from. Not legal advice.
 * Licences are given as any text that people write for them.
 */
public final class LicenceTable {

    private final LocalDate asOf;
    private final LicenceNames names;
    private final Map<String, Licence> rows;

    LicenceTable(LocalDate asOf, LicenceNames names, Map<String, Licence> rows) {
        this.asOf = asOf;
        this.names = names;
        this.rows = Map.copyOf(rows);
    }

    /** When the table was last looked over. */
    public LocalDate asOf() {
        return asOf;
    }

    /** Ids of all rows, sorted. */
    public Collection<String> ids() {
        return rows.keySet().stream().sorted().toList();
    }

    /** The row of a licence; empty when the table does not know it. */
    public Optional<Licence> row(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    /** One id for all spellings; empty when there is no licence; what the table does not know in lower case. */
    public String idOf(@Nullable String text) {
        return text == null ? "" : names.idOf(text);
    }

    /** Whether something follows the weights, whichever of its alternatives is chosen. */
    public boolean demands(String licence, String duty) {
        return LicenceNames.alternatives(idOf(licence)).stream()
                .allMatch(id -> row(id).map(row -> row.duties().contains(duty)).orElse(false));
    }

    /**
     * How the licences go together. Where one of them is a choice, the best choice counts. The same licence is always
     * acceptable; what the table does not know is unclear.
     */
    public Fit fit(String parent, String derivative) {
        return LicenceNames.alternatives(idOf(parent)).stream()
                .flatMap(one ->
                        LicenceNames.alternatives(idOf(derivative)).stream().map(other -> fitOfOne(one, other)))
                .min(Fit::compareTo)
                .orElse(Fit.UNCLEAR);
    }

    private Fit fitOfOne(String parent, String derivative) {
        Licence row = rows.get(parent);
        if (row == null) {
            return parent.equals(derivative) && !parent.isEmpty() ? Fit.ACCEPTABLE : Fit.UNCLEAR;
        }
        Fit fit = row.fit(derivative);
        return fit == Fit.CONFLICTING && !rows.containsKey(derivative) ? Fit.UNCLEAR : fit;
    }

    /** Ids that a model made from all of these may declare; empty when none is left, {@code any} when all are. */
    public Set<String> acceptableToAll(Collection<String> parents) {
        Set<String> left = new HashSet<>(Set.of(Licence.ANY));
        for (String parent : parents) {
            Set<String> accepted = LicenceNames.alternatives(idOf(parent)).stream()
                    .flatMap(id -> row(id).map(Licence::acceptable).orElse(Set.of(id)).stream())
                    .collect(Collectors.toSet());
            if (left.contains(Licence.ANY)) {
                left = accepted;
            } else if (!accepted.contains(Licence.ANY)) {
                left.retainAll(accepted);
            }
        }
        return Set.copyOf(left);
    }
}
