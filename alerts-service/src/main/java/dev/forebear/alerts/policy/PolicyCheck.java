package dev.forebear.alerts.policy;

import java.util.List;

/** Whether a text is a policy. */
public sealed interface PolicyCheck {

    /** It is this one. */
    record Valid(Policy policy) implements PolicyCheck {}

    /** It is none, for these reasons, in the order of the text. */
    record Invalid(List<PolicyProblem> problems) implements PolicyCheck {

        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
