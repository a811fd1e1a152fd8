package dev.forebear.checkpoint.storage;

/** How far away the bytes of a source are, which decides how they are best read. */
public enum Distance {
    /** In memory already: reading costs nothing. */
    MEMORY,
    /** In a file of this machine, mostly in its page cache: read when needed, nothing more than needed. */
    DISK,
    /** A request away: read ahead, several requests at a time, near ranges with one request. */
    NETWORK
}
