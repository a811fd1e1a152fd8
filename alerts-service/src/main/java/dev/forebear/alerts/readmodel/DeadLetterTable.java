package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.DeadLetter;

/** What could not be processed; its bytes stay in the topic. */
final class DeadLetterTable implements TopicTables<DeadLetter> {

    private final Statements sql;

    DeadLetterTable(Statements sql) {
        this.sql = sql;
    }

    @Override
    public void put(Place place, DeadLetter letter) {
        sql.run(
                """
                INSERT OR REPLACE INTO dead_letter (partition, "offset", stage, reason, message, origin_topic,
                    origin_partition, origin_offset, attempts, correlation_id, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                place.partition(),
                place.offset(),
                letter.getStage(),
                letter.getReason(),
                letter.getMessage(),
                letter.getOriginTopic(),
                letter.getOriginPartition(),
                letter.getOriginOffset(),
                letter.getAttempts(),
                letter.getCorrelationId(),
                letter.getAt());
    }
}
