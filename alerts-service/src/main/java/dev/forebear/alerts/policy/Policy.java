package dev.forebear.alerts.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an organisation wants to be told about: a list of rules. Only proven matches are ever accused. */
public final class Policy {

    private static final int VERSION_HEX_DIGITS = 12;

    private final String text;
    private final List<Rule> rules;

    Policy(String text, List<Rule> rules) {
        this.text = text;
        this.rules = List.copyOf(rules);
    }

    /**
     * What the rules find; at most one finding per rule and ancestor. A model that was not analysed may still be a
     * copy; that it was not analysed is neither clean nor a finding.
     */
    public List<Finding> findings(Subject subject) {
        var dossier = new Dossier(subject, placement(subject));
        return rules.stream().flatMap(rule -> findings(rule, dossier).stream()).toList();
    }

    /** Channels that a rule names; none when it leaves that to the channels, or is gone. */
    public Set<String> routes(String rule) {
        return rules.stream()
                .filter(candidate -> candidate.name().equals(rule))
                .findFirst()
                .map(Rule::routes)
                .orElse(Set.of());
    }

    /** Names of the rules that are switched on. */
    public List<String> ruleNames() {
        return rules.stream().map(Rule::name).toList();
    }

    /** The policy file as it was read. */
    public String text() {
        return text;
    }

    /** {@code sha256:} and the first 12 hex digits of the hash of the text. */
    public String version() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash).substring(0, VERSION_HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static List<Finding> findings(Rule rule, Dossier dossier) {
        return rule.check().hits(dossier).stream()
                .map(hit -> new Finding(
                        rule.name(),
                        rule.severity(),
                        hit.ancestor(),
                        hit.title(),
                        hit.explanation(),
                        rule.routes(),
                        dossier.placement(),
                        origin(hit.ancestor())))
                .toList();
    }

    private static Placement placement(Subject subject) {
        return new Placement(
                null, "public".equals(subject.visibility()) ? Exposure.PUBLISHED : Exposure.INTERNAL, null);
    }

    private static @Nullable Origin origin(@Nullable Ancestor ancestor) {
        return ancestor == null ? null : Origin.byName(ancestor.match().getName());
    }
}
