package dev.forebear.ingest.source;

import dev.forebear.ingest.publication.NotStoredException;
import java.io.IOException;
import java.time.Duration;

/** Where the events of one registry are fetched. Confined to one thread. */
interface EventSource extends AutoCloseable {

    /** Whose events they are. */
    String alias();

    /** In one word for counting, what kind of source it is. */
    String word();

    /**
     * Takes in what there is; waits a moment when there is nothing. An event is done with only when our broker has what
     * follows from it; what is not is fetched again.
     *
     * @return how long to wait until the next call; mostly zero
     * @throws IOException when the source does not answer
     * @throws NotStoredException when our own broker did not acknowledge
     */
    Duration fetch() throws IOException, NotStoredException, InterruptedException;

    /** Lets go of the connection; the next call makes a new one. */
    @Override
    void close();
}
