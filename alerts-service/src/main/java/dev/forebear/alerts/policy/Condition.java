package dev.forebear.alerts.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A compiled condition.
 *
 * @param lists the lists of the policy, by name
 */
record Condition(CelRuntime.Program program, Map<String, List<String>> lists) {

    /** Whether a model fulfils it. */
    boolean holds(Map<String, Object> variables) throws CelEvaluationException {
        Map<String, Object> all = new HashMap<>(variables);
        all.put("lists", lists);
        return Boolean.TRUE.equals(program.eval(all));
    }

    /** Whether an ancestor fulfils it. */
    boolean holds(Map<String, Object> variables, Object ancestor) throws CelEvaluationException {
        Map<String, Object> all = new HashMap<>(variables);
        all.put("ancestor", ancestor);
        return holds(all);
    }
}
