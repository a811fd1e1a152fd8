package dev.forebear.ingest.listing;

import java.io.IOException;

/** A registry could not be asked, or answered otherwise than it should. */
public final class ListingException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status of the answer; 0 when there was none, or when it is not to blame
     * @param call what was asked, with the registry, for example {@code hub: list models}
     */
    public ListingException(int status, String call, String expected, String found) {
        super(Line.of(call + ": expected " + expected + ", found " + found));
        this.status = status;
    }

    /** Whether the entry that was asked for is not for us, or not there any more; others may be. */
    boolean concernsEntryOnly() {
        return status == 403 || status == 404 || status == 410 || status == 451;
    }
}
