package dev.forebear.alerts.policy;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What conditions see of one thing, each value found when it is first asked for. Not thread-safe. */
final class Facts<T> extends AbstractMap<String, Object> {

    private final Map<String, Term<T>> terms;
    private final T thing;
    private final Map<String, Object> found = new HashMap<>();

    Facts(Map<String, Term<T>> terms, T thing) {
        this.terms = terms;
        this.thing = thing;
    }

    static <T> Map<String, Term<T>> byName(List<Term<T>> terms) {
        Map<String, Term<T>> byName = new LinkedHashMap<>();
        terms.forEach(term -> byName.put(term.name(), term));
        return byName;
    }

    @Override
    public @Nullable Object get(Object name) {
        Term<T> term = terms.get(name);
        return term == null
                ? null
                : found.computeIfAbsent(term.name(), key -> term.value().apply(thing));
    }

    @Override
    public boolean containsKey(Object name) {
        return terms.containsKey(name);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        terms.forEach((name, term) -> all.put(name, term.value().apply(thing)));
        return all.entrySet();
    }
}
