package dev.forebear.checkpoint.storage;

/** Told how reading a checkpoint goes on. Called by the threads that read, one at a time: it must return at once. */
public interface ReadProgress {

    /** For whom nobody waits. */
    ReadProgress UNWATCHED = (bytes, planned) -> {};

    /**
     * @param bytes read so far; grows from call to call, and goes past what was planned where more turned out to be
     *     needed
     * @param planned bytes that the plan says will be read in all; the same in every call
     */
    void read(long bytes, long planned);
}
