package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Severity;
import java.util.List;

/** One rule of a policy that is switched on. */
sealed interface Rule permits UndisclosedAncestry, DisallowedAncestor {

    /** Name in the policy file, for example {@code undisclosed-ancestry}. */
    String name();

    Severity severity();

    /** Findings in a report that was analysed, at most one per base. */
    List<Finding> findings(LineageReport report);
}
