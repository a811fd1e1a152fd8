package dev.forebear.alerts.policy;

import dev.forebear.alerts.policy.Hit.Weight;
import dev.forebear.alerts.policy.Message.Placeholder;
import dev.forebear.alerts.policy.licence.LicenceTable;
import dev.forebear.schemas.ModelVersionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation wants to be told about: a list of rules. Only proven matches are ever accused, but for rules
 * that ask for all matches by name. Safe for several threads.
 */
public final class Policy {

    /** Name of the rule on whatever is quarantined or descends from what is. */
    public static final String QUARANTINED_ANCESTOR = QuarantinedAncestor.NAME;

    private static final Comparator<Rule> DISCLOSURE_IN_ITS_ORDER = Comparator.comparingInt(rule -> {
        int place = ShippedRule.DISCLOSURE.indexOf(rule.name());
        return place < 0 ? ShippedRule.DISCLOSURE.size() : place;
    });

    private static final int VERSION_HEX_DIGITS = 12;
    private static final int MAX_TITLE = 300;
    private static final int MAX_EXPLANATION = 4_000;

    private final String text;
    private final List<Rule> rules;
    private final List<RuleSummary> summaries;
    private final Assignments assignments;
    private final FamilyCatalogue families;
    private final LicenceTable licences;

    Policy(
            String text,
            List<Rule> rules,
            List<RuleSummary> summaries,
            Assignments assignments,
            FamilyCatalogue families,
            LicenceTable licences) {
        this.text = text;
        this.rules = rules.stream().sorted(DISCLOSURE_IN_ITS_ORDER).toList();
        this.summaries = List.copyOf(summaries);
        this.assignments = assignments;
        this.families = families;
        this.licences = licences;
    }

    /**
     * What the rules find; at most one finding per rule and ancestor. A model that was not analysed may still be a
     * copy. A rule that cannot be evaluated is a finding, too.
     */
    public List<Finding> findings(Subject subject) {
        return findings(subject, assignments.placement(entry -> entry.fits(subject.report()), subject.visibility()));
    }

    /** The same for a model that is placed elsewhere than the policy places it. */
    public List<Finding> findings(Subject subject, Placement placement) {
        var dossier = new Dossier(subject, placement, families, licences);
        Set<String> disclosed = new HashSet<>();
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : rules) {
            for (Hit hit : hits(rule, dossier)) {
                if (!ShippedRule.DISCLOSURE.contains(rule.name()) || disclosed.add(ancestorId(hit))) {
                    findings.add(finding(rule, hit, dossier));
                }
            }
        }
        return findings;
    }

    /**
     * Where the policy places a model.
     *
     * @param visibility {@code public} or {@code private} where the registry tells; null where it does not
     */
    public Placement placement(ModelVersionId model, @Nullable String visibility) {
        return assignments.placement(entry -> entry.fits(model), visibility);
    }

    /** Channels that a rule names; none when it leaves that to the channels, or is gone. */
    public Set<String> routes(String rule) {
        return rules.stream()
                .filter(candidate -> candidate.name().equals(rule))
                .findFirst()
                .map(Rule::routes)
                .orElse(Set.of());
    }

    /** Teams that the policy gives models to. */
    public Set<String> teams() {
        return assignments.teams();
    }

    /** Names of the rules that are switched on. */
    public List<String> ruleNames() {
        return rules.stream().map(Rule::name).toList();
    }

    /** All rules that the file lists, and the shipped ones that it does not. */
    public List<RuleSummary> rules() {
        return summaries;
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

    /** Whatever goes wrong in a rule is told, and costs the others nothing. */
    private static List<Hit> hits(Rule rule, Dossier dossier) {
        try {
            return rule.check().hits(dossier);
        } catch (RuntimeException e) {
            return List.of(RuleFailure.hit(rule.name(), dossier.report().getModelVersionId(), String.valueOf(e)));
        }
    }

    private static String ancestorId(Hit hit) {
        Ancestor ancestor = hit.ancestor();
        return ancestor == null ? "" : ancestor.match().getModelVersionId();
    }

    private static Finding finding(Rule rule, Hit hit, Dossier dossier) {
        Ancestor ancestor = hit.ancestor();
        return new Finding(
                rule.name(),
                rule.severity(hit),
                ancestor,
                Wording.oneLine(worded(rule.title(), hit, hit.title(), dossier), MAX_TITLE),
                Wording.oneLine(worded(rule.message(), hit, hit.explanation(), dossier), MAX_EXPLANATION),
                rule.routes(),
                dossier.placement(),
                ancestor == null ? null : dossier.origin(ancestor),
                hit.weight() == Weight.FAILED);
    }

    private static String worded(@Nullable Message message, Hit hit, String otherwise, Dossier dossier) {
        if (message == null || hit.weight() == Weight.FAILED) {
            return otherwise;
        }
        Ancestor ancestor = hit.ancestor();
        Map<Placeholder, Supplier<String>> values = new EnumMap<>(Placeholder.class);
        values.put(Placeholder.MODEL, () -> dossier.report().getModelVersionId());
        values.put(Placeholder.FINDING, () -> otherwise);
        values.put(Placeholder.TEAM, () -> orNobody(dossier.placement().team()));
        values.put(Placeholder.OWNER, () -> orNobody(dossier.placement().owner()));
        values.put(
                Placeholder.LICENCE, () -> orUnknown(ancestor == null ? dossier.licence() : dossier.licence(ancestor)));
        if (ancestor != null) {
            values.put(Placeholder.ANCESTOR, () -> ancestor.match().getModelVersionId());
            values.put(Placeholder.ODDS, () -> Proof.odds(ancestor.match()));
        }
        return message.fill(values);
    }

    private static String orNobody(@Nullable String who) {
        return Objects.requireNonNullElse(who, "nobody");
    }

    private static String orUnknown(String licence) {
        return licence.isEmpty() ? "no licence" : licence;
    }
}
