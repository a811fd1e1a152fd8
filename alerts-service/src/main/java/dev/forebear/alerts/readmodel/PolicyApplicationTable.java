package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.PolicyApplication;

/** Requests to hold what is known against the policy. */
final class PolicyApplicationTable implements TopicTables<PolicyApplication> {

    private final Statements sql;

    PolicyApplicationTable(Statements sql) {
        this.sql = sql;
    }

    @Override
    public void put(Place place, PolicyApplication application) {
        sql.run(
                """
                INSERT OR REPLACE INTO policy_application (application_id, rule, policy_version, notify, requested_by,
                    requested_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                application.getApplicationId(),
                application.getRule(),
                application.getPolicyVersion(),
                application.getNotify(),
                application.getRequestedBy(),
                application.getRequestedAt());
    }
}
