package dev.forebear.cli.verify;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Finding;

/** What whoever is stopped by a rule can do about it. */
final class Remedy {

    private Remedy() {}

    /** Of a rule in general, in one or two sentences. */
    static String of(String rule) {
        return switch (rule) {
            case "undisclosed-ancestry", "false-claim-from-scratch", "copy-of-someone-elses" ->
                "Declare the base in the model card (base_model), or list it under 'except' of the rule if it need not"
                        + " be disclosed.";
            case "contradicted-declaration" ->
                "Declare the base that the weights prove in place of the one that they do not.";
            case "licence-conflict" ->
                "Use another base, or change the licence or the use of the model; list the base under 'except' of the"
                        + " rule if it was licensed otherwise.";
            case "quarantined-ancestor" -> "Do not use it, and ask whoever quarantined the ancestor.";
            case "disallowed-ancestor" -> "Use another base, or ask for an exception.";
            case "unsafe-file" -> "Convert the weights to safetensors, and find out where the file comes from.";
            case "not-analysed" ->
                "Publish weights in a format that is read, an adapter with --base; list the model under 'except' of the"
                        + " rule if nobody has to know.";
            default -> "Ask whoever answers for the policy, or for an exception.";
        };
    }

    /** Of a finding, where it tells more. */
    static String of(Finding finding) {
        Ancestor ancestor = finding.ancestor();
        return switch (finding.rule()) {
            case "undisclosed-ancestry", "false-claim-from-scratch", "copy-of-someone-elses" ->
                ancestor == null
                        ? of(finding.rule())
                        : "Declare it in the model card (base_model: "
                                + ancestor.match().getName()
                                + "), or list it under 'except' of the rule if it need not be disclosed.";
            default -> of(finding.rule());
        };
    }
}
