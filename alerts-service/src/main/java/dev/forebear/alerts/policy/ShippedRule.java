package dev.forebear.alerts.policy;

import dev.forebear.runtime.yaml.Section;
import dev.forebear.schemas.wire.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A rule that comes with Forebear.
 *
 * @param severity unless the policy says otherwise
 * @param about what it looks for, in a sentence
 * @param check reads what is its own of the settings, and notes what is wrong with them
 */
record ShippedRule(String name, Severity severity, String about, Function<Section, Check> check) {

    private static final String EXCEPT = "except";

    static final List<ShippedRule> ALL = List.of(
            new ShippedRule(
                    QuarantinedAncestor.NAME,
                    Severity.CRITICAL,
                    "The model is quarantined, or descends from one that is; on unless switched off.",
                    section -> new QuarantinedAncestor(Patterns.of(section, EXCEPT))),
            new ShippedRule(
                    UndisclosedAncestry.NAME,
                    Severity.HIGH,
                    "The weights prove a base that the model does not declare.",
                    section -> new UndisclosedAncestry(Patterns.of(section, EXCEPT))),
            new ShippedRule(
                    FalseFromScratch.NAME,
                    Severity.HIGH,
                    "The model says that it was trained from scratch, and the weights prove a base.",
                    section -> new FalseFromScratch(Patterns.of(section, EXCEPT))),
            new ShippedRule(
                    ContradictedDeclaration.NAME,
                    Severity.HIGH,
                    "The model declares a known base, and the weights prove another one.",
                    section -> new ContradictedDeclaration(Patterns.of(section, EXCEPT))),
            new ShippedRule(
                    CopiedWeights.NAME,
                    Severity.HIGH,
                    "The weights are those of another publisher's model, under another name.",
                    section -> new CopiedWeights(Patterns.of(section, EXCEPT))),
            new ShippedRule(
                    LicenceConflict.NAME,
                    Severity.MEDIUM,
                    "The licence or the use of the model does not go with the licence of an ancestor.",
                    section -> new LicenceConflict(Patterns.of(section, EXCEPT))),
            new ShippedRule(
                    UnsafeFile.NAME,
                    Severity.CRITICAL,
                    "A file of the model would run code in whoever loads it, or is not what the model's signature"
                            + " says.",
                    section -> new UnsafeFile(Patterns.of(section, EXCEPT))),
            new ShippedRule(
                    NotAnalysedModel.NAME,
                    Severity.LOW,
                    "The weights could not be read, so nobody knows what the model was made from.",
                    ShippedRule::notAnalysed),
            new ShippedRule(
                    DisallowedAncestor.NAME,
                    Severity.CRITICAL,
                    "The weights prove a base that the policy does not allow.",
                    ShippedRule::disallowedAncestor));

    /** Of those that fire on the same ancestor of a model only the first is told: each says more than the next. */
    static final List<String> DISCLOSURE =
            List.of(FalseFromScratch.NAME, ContradictedDeclaration.NAME, CopiedWeights.NAME, UndisclosedAncestry.NAME);

    /** Whether it is on in a policy that does not list it: who quarantines a model wants to be told. */
    boolean isAlwaysOn() {
        return name.equals(QuarantinedAncestor.NAME);
    }

    static Optional<ShippedRule> named(String name) {
        return ALL.stream().filter(rule -> rule.name.equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(ShippedRule::name).toList();
    }

    private static Check notAnalysed(Section section) {
        List<String> listed = section.texts("reasons");
        Set<String> unknown = new TreeSet<>(listed);
        unknown.removeAll(NotAnalysedModel.ALL_REASONS);
        if (!unknown.isEmpty()) {
            section.problemAt(
                    "reasons",
                    "expected some of " + String.join(", ", new TreeSet<>(NotAnalysedModel.ALL_REASONS)) + ", found "
                            + String.join(", ", unknown));
        }
        return new NotAnalysedModel(
                section.has("reasons") ? Set.copyOf(listed) : NotAnalysedModel.LASTING_REASONS,
                Patterns.of(section, EXCEPT));
    }

    private static Check disallowedAncestor(Section section) {
        var check = new DisallowedAncestor(
                Patterns.of(section, "models"),
                section.texts("licences"),
                section.texts("families"),
                section.texts("publishers"),
                countries(section));
        if (section.flag("enabled", true) && check.isEmpty()) {
            section.problem("expected 'models', 'families', 'publishers', 'countries' or 'licences' to list something,"
                    + " or 'enabled: false'; found none");
        }
        return check;
    }

    private static List<String> countries(Section section) {
        return section.texts("countries").stream()
                .map(country -> {
                    try {
                        return FamilyCatalogue.country(country);
                    } catch (IllegalArgumentException e) {
                        section.problemAt("countries", "expected two letters such as DE, found '" + country + "'");
                        return country;
                    }
                })
                .toList();
    }
}
