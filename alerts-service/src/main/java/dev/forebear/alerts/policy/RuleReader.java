package dev.forebear.alerts.policy;

import dev.forebear.alerts.policy.Message.Placeholder;
import dev.forebear.alerts.policy.OwnRule.Over;
import dev.forebear.runtime.yaml.Passage;
import dev.forebear.runtime.yaml.Section;
import dev.forebear.runtime.yaml.Spelling;
import dev.forebear.schemas.wire.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code rules} of a policy. Not thread-safe. */
final class RuleReader {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,59}");

    private final Conditions conditions;
    private final List<Rule> rules = new ArrayList<>();
    private final List<RuleSummary> summaries = new ArrayList<>();

    RuleReader(Conditions conditions) {
        this.conditions = conditions;
    }

    /** What a rule of one's own is held against. */
    enum Subjects {
        ANCESTOR,
        MODEL
    }

    /** Which ancestors it sees. */
    enum Matches {
        PROVEN,
        ALL_MATCHES
    }

    /** Shipped rules first, in their order; then those that somebody wrote, in the order of the file. */
    void read(Section section) {
        List<String> listed = section.keys();
        for (ShippedRule shipped : ShippedRule.ALL) {
            if (shipped.isAlwaysOn() || listed.contains(shipped.name())) {
                shipped(shipped, section.section(shipped.name()));
            } else {
                summaries.add(summary(shipped.name(), shipped.severity(), shipped.about(), Set.of(), false, true));
            }
        }
        listed.stream().filter(name -> ShippedRule.named(name).isEmpty()).forEach(name -> ownOrUnknown(name, section));
    }

    List<Rule> rules() {
        return List.copyOf(rules);
    }

    List<RuleSummary> summaries() {
        return List.copyOf(summaries);
    }

    private void shipped(ShippedRule shipped, Section section) {
        Severity severity = section.choice("severity", shipped.severity());
        boolean enabled = section.flag("enabled", true);
        boolean aboutModel = Set.of(UnsafeFile.NAME, NotAnalysedModel.NAME).contains(shipped.name());
        Message title = message(section, "title", aboutModel);
        Message message = message(section, "message", aboutModel);
        Set<String> routes = Set.copyOf(section.texts("routes"));
        Check check = shipped.check().apply(section);
        summaries.add(summary(shipped.name(), severity, shipped.about(), routes, enabled, true));
        if (enabled) {
            rules.add(new Rule(shipped.name(), severity, routes, title, message, check));
        }
    }

    private void ownOrUnknown(String name, Section rules) {
        if (!NAME.matcher(name).matches()) {
            rules.problemAtKey(name, "expected a name of lower-case letters, digits and hyphens, found '" + name + "'");
        }
        Section section = rules.section(name);
        if (!section.has("when")) {
            rules.problemAtKey(
                    name,
                    "expected a rule of your own to say 'when', or the name of a shipped rule: "
                            + String.join(", ", ShippedRule.names()) + Spelling.hint(name, ShippedRule.names()));
            section.keys();
            return;
        }
        own(name, section);
    }

    private void own(String name, Section section) {
        boolean aboutModel = section.choice("for", Subjects.ANCESTOR) == Subjects.MODEL;
        Matches matches = section.choice("over", Matches.PROVEN);
        if (aboutModel && section.has("over")) {
            section.problemAt("over", "expected it with 'for: ancestor' only");
        }
        Severity severity = section.choice("severity", Severity.MEDIUM);
        boolean enabled = section.flag("enabled", true);
        Message title = message(section, "title", aboutModel);
        Message message = message(section, "message", aboutModel);
        Set<String> routes = Set.copyOf(section.texts("routes"));
        Optional<Passage> when = section.passage("when");
        Optional<Condition> condition =
                when.flatMap(passage -> aboutModel ? conditions.onModel(passage) : conditions.onAncestor(passage));
        String about = Wording.oneLine(when.map(Passage::text).orElse(""), 200);
        summaries.add(summary(name, severity, about, routes, enabled, false));
        if (enabled && condition.isPresent()) {
            Over over = aboutModel ? Over.MODEL : matches == Matches.PROVEN ? Over.PROVEN : Over.ALL_MATCHES;
            Check check = new OwnRule(name, condition.get(), over);
            rules.add(new Rule(name, severity, routes, title, message, check));
        }
    }

    private static @Nullable Message message(Section section, String key, boolean aboutModel) {
        String text = section.optionalText(key);
        if (text == null) {
            return null;
        }
        Set<Placeholder> known = EnumSet.allOf(Placeholder.class);
        if (aboutModel) {
            known.removeAll(Message.OF_ANCESTORS);
        }
        var message = new Message(text);
        Set<String> unknown = message.unknown(known);
        if (!unknown.isEmpty()) {
            section.problemAt(
                    key,
                    "expected placeholders of "
                            + known.stream()
                                    .map(placeholder -> "{" + placeholder.word() + "}")
                                    .collect(Collectors.joining(", "))
                            + ", found {" + String.join("}, {", unknown) + "}");
        }
        return message;
    }

    private static RuleSummary summary(
            String name, Severity severity, String about, Set<String> routes, boolean enabled, boolean shipped) {
        return new RuleSummary(name, severity, enabled, shipped, about, routes);
    }
}
