package dev.forebear.alerts.policy;

import dev.forebear.alerts.policy.licence.LicenceTable;
import dev.forebear.alerts.policy.licence.LicenceTableReader;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.yaml.Section;
import dev.forebear.runtime.yaml.SettingsFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads policies from YAML. */
public final class PolicyFile {

    private static final String STANDARD = "standard-policy.yaml";
    private static final String UNNAMED = "policy";
    private static final Pattern LIST_NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,59}");

    private PolicyFile() {}

    /**
     * Reads a policy.
     *
     * @throws ConfigurationException with one line {@code file:line:column: what, expected, found} per problem
     */
    public static Policy read(Path file) {
        return parse(file.toString(), SettingsFile.text(file));
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

    /** Whether a text is a policy, and what is wrong with it where it is none. Never throws. */
    public static PolicyCheck check(String text) {
        try {
            return new PolicyCheck.Valid(parse(UNNAMED, text));
        } catch (ConfigurationException e) {
            return new PolicyCheck.Invalid(e.problems().stream()
                    .map(line -> PolicyProblem.of(UNNAMED, line))
                    .toList());
        }
    }

    /** The policy for those who have not written one. */
    public static Policy standard() {
        return parse(STANDARD, standardText());
    }

    /** Its text, with comments that explain every rule. */
    public static String standardText() {
        return Resources.text(STANDARD);
    }

    private static Policy policy(String text, Section file) {
        file.integer("policy", 1, 1, 1);
        FamilyCatalogue families = FamilyCatalogue.of(file);
        LicenceTable licences = LicenceTableReader.of(file.section("licences"));
        var rules = new RuleReader(new Conditions(lists(file.section("lists")), licences));
        rules.read(file.section("rules"));
        return new Policy(text, rules.rules(), rules.summaries(), Assignments.of(file), families, licences);
    }

    private static Map<String, List<String>> lists(Section section) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String name : section.keys()) {
            if (!LIST_NAME.matcher(name).matches()) {
                section.problemAtKey(name, "expected a name of letters and digits, found '" + name + "'");
            }
            lists.put(name, section.texts(name));
        }
        return lists;
    }
}
