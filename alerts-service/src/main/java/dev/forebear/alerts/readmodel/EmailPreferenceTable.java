package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.EmailPreference;

/** Addresses that do not want the mail of a channel any more, or again. */
final class EmailPreferenceTable implements TopicTables<EmailPreference> {

    private final Statements sql;

    EmailPreferenceTable(Statements sql) {
        this.sql = sql;
    }

    @Override
    public void put(Place place, EmailPreference preference) {
        sql.run(
                "INSERT OR REPLACE INTO email_preference (channel, address, subscribed, at) VALUES (?, ?, ?, ?)",
                preference.getChannel(),
                preference.getAddress(),
                preference.getSubscribed(),
                preference.getAt());
    }

    /** @param key channel, a space, and address */
    @Override
    public void delete(String key) {
        sql.run("DELETE FROM email_preference WHERE channel || ' ' || address = ?", key);
    }
}
