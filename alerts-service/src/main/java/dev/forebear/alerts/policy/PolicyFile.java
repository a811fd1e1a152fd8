package dev.forebear.alerts.policy;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.yaml.Section;
import dev.forebear.schemas.wire.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads policies from YAML. */
public final class PolicyFile {

    /** Names of all rules there are, switched on or not. */
    public static final List<String> RULE_NAMES = List.of(UndisclosedAncestry.NAME, DisallowedAncestor.NAME);

    private static final String STANDARD = "standard-policy.yaml";

    private PolicyFile() {}

    /**
     * Reads a policy.
     *
     * @throws ConfigurationException with one line {@code file:line:column: what, expected, found} per problem
     */
    public static Policy read(Path file) {
        return parse(file.toString(), Section.fileText(file));
    }

    /**
     * Reads a policy.
     *
     * @param name of the text, to show in problems
     * @throws ConfigurationException with one line {@code name:line:column: what, expected, found} per problem
     */
    public static Policy parse(String name, String text) {
        return Section.read(name, text, file -> policy(text, file));
    }

    /** The policy for those who have not written one: undisclosed ancestry, severity high. */
    public static Policy standard() {
        try (var in = PolicyFile.class.getResourceAsStream(STANDARD)) {
            if (in == null) {
                throw new IllegalStateException(STANDARD + " is missing from the jar");
            }
            return parse(STANDARD, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Policy policy(String text, Section file) {
        Section rules = file.section("rules");
        List<Rule> enabled = new ArrayList<>();
        undisclosedAncestry(rules).ifPresent(enabled::add);
        disallowedAncestor(rules).ifPresent(enabled::add);
        return new Policy(text, enabled);
    }

    private static Optional<Rule> undisclosedAncestry(Section rules) {
        boolean listed = rules.has(UndisclosedAncestry.NAME);
        Section section = rules.section(UndisclosedAncestry.NAME);
        boolean enabled = section.flag("enabled", listed);
        Severity severity = section.choice("severity", Severity.HIGH);
        var check = new UndisclosedAncestry(patterns(section, "except"));
        return enabled ? Optional.of(rule(UndisclosedAncestry.NAME, severity, check)) : Optional.empty();
    }

    private static Optional<Rule> disallowedAncestor(Section rules) {
        boolean listed = rules.has(DisallowedAncestor.NAME);
        Section section = rules.section(DisallowedAncestor.NAME);
        boolean enabled = section.flag("enabled", listed);
        Severity severity = section.choice("severity", Severity.CRITICAL);
        var check = new DisallowedAncestor(patterns(section, "models"), section.texts("licences"));
        if (enabled && check.models().isEmpty() && check.licences().isEmpty()) {
            section.problem("expected 'models' or 'licences' to list something, or 'enabled: false'; found neither");
        }
        return enabled ? Optional.of(rule(DisallowedAncestor.NAME, severity, check)) : Optional.empty();
    }

    private static Rule rule(String name, Severity severity, Check check) {
        return new Rule(name, severity, Set.of(), check);
    }

    private static List<NamePattern> patterns(Section section, String key) {
        List<NamePattern> patterns = new ArrayList<>();
        for (String text : section.texts(key)) {
            try {
                patterns.add(NamePattern.of(text));
            } catch (IllegalArgumentException e) {
                section.problemAt(key, String.valueOf(e.getMessage()));
            }
        }
        return patterns;
    }
}
