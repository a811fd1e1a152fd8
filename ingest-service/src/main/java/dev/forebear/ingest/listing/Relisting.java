package dev.forebear.ingest.listing;

/**
 * Takes the wish that a registry be listed before its time. A wish need not survive the process: every registry that
 * can be listed is listed regularly anyway.
 */
public interface Relisting {

    /** Lists the registry of this alias soon; returns at once. Wishes for one registry that come together are one. */
    void soon(String alias);
}
