package dev.forebear.replay;

/** Told how far a replay has come. */
@FunctionalInterface
public interface ReplayWatch {

    /** Amount of a part whose end is not known before. */
    long UNKNOWN = -1;

    /** Tells nobody. */
    ReplayWatch NOBODY = (what, total) -> new Part() {
        @Override
        public void done(long amount) {}

        @Override
        public void close() {}
    };

    /**
     * A part of the work begins; parts follow each other.
     *
     * @param what for people: "matching"
     * @param total models or uploads, or {@link #UNKNOWN}
     */
    Part begin(String what, long total);

    /** A part of the work, until it is closed. */
    interface Part extends AutoCloseable {

        /** So much of it is done by now. */
        void done(long amount);

        @Override
        void close();
    }
}
