package dev.forebear.cli.verify;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.schemas.wire.LineageReport;
import java.util.List;

/**
 * A checkpoint held against a policy.
 *
 * @param location of the checkpoint
 * @param policy that it was held against
 * @param policyName where that comes from, in words
 * @param findings the gravest first
 */
record Verification(String location, Policy policy, String policyName, Held held, List<Judged> findings) {

    Verification {
        findings = List.copyOf(findings);
    }

    boolean isViolated() {
        return violations() > 0;
    }

    long violations() {
        return findings.stream().filter(Judged::isViolation).count();
    }

    LineageReport report() {
        return held.report();
    }
}
