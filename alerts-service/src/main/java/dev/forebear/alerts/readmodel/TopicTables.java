package dev.forebear.alerts.readmodel;

/**
 * The tables that are made from one topic. What cannot be used throws {@link IllegalArgumentException} before anything
 * is written.
 */
interface TopicTables<V> {

    void put(Place place, V value);

    /** A tombstone was read. */
    default void delete(String key) {}
}
