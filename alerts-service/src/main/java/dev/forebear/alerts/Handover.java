package dev.forebear.alerts;

import java.util.Collection;

/** Who has to know when partitions of the reports come and go. Called on the decisions' thread. */
interface Handover {

    /** These are ours from now on. */
    void taken(Collection<Integer> partitions);

    /** These are somebody else's as soon as this returns: what is under way ends first. */
    void given(Collection<Integer> partitions) throws InterruptedException;
}
