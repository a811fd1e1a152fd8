package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.PolicyVersion;

/** Every policy that was in use, with the last time it came into use. */
final class PolicyVersionTable implements TopicTables<PolicyVersion> {

    private final Statements sql;

    PolicyVersionTable(Statements sql) {
        this.sql = sql;
    }

    @Override
    public void put(Place place, PolicyVersion policy) {
        sql.run("""
            INSERT OR REPLACE INTO policy_version (version, text, source, loaded_at, "offset")
            VALUES (?, ?, ?, ?, ?)
            """, policy.getVersion(), policy.getText(), policy.getSource(), policy.getLoadedAt(), place.offset());
    }
}
