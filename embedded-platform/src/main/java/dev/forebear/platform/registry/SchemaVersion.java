package dev.forebear.platform.registry;

import org.apache.avro.Schema;

/**
 * A schema under a subject.
 *
 * @param version from 1
 * @param id of the schema in the whole registry
 * @param schema canonical JSON; empty when purged
 */
record SchemaVersion(String subject, int version, int id, String schema, State state) {

    enum State {
        /** Seen by everybody. */
        LIVE,
        /** Softly deleted: readable by id, no longer under its subject. */
        DELETED,
        /** Permanently deleted: only kept so that neither version nor id is given to another schema. */
        PURGED
    }

    boolean live() {
        return state == State.LIVE;
    }

    boolean purged() {
        return state == State.PURGED;
    }

    SchemaVersion deleted() {
        return new SchemaVersion(subject, version, id, schema, State.DELETED);
    }

    SchemaVersion purge() {
        return new SchemaVersion(subject, version, id, "", State.PURGED);
    }

    Schema parsed() {
        return AvroSchemas.parse(schema);
    }
}
