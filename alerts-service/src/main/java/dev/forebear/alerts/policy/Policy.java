package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageReport;
import java.util.List;

/** What an organisation wants to be told about: a list of rules. Only proven matches ever fire. */
public final class Policy {

    private final List<Rule> rules;

    Policy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * What the rules find; at most one finding per rule and base. A model that was not analysed may still be a copy;
     * that it was not analysed is neither clean nor a finding.
     */
    public List<Finding> findings(LineageReport report) {
        return rules.stream().flatMap(rule -> rule.findings(report).stream()).toList();
    }

    /** Names of the rules that are switched on. */
    public List<String> ruleNames() {
        return rules.stream().map(Rule::name).toList();
    }
}
