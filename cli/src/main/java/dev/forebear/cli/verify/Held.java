package dev.forebear.cli.verify;

import dev.forebear.alerts.policy.Subject;
import dev.forebear.schemas.wire.LineageReport;
import java.util.List;

/**
 * What came of holding a model against what is known.
 *
 * @param subject what the policy decides on
 * @param against what it was held against, in words
 * @param limits what was not looked at, one line each
 */
record Held(Subject subject, String against, List<String> limits) {

    Held {
        limits = List.copyOf(limits);
    }

    LineageReport report() {
        return subject.report();
    }
}
