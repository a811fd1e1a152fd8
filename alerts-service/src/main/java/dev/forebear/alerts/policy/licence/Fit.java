package dev.forebear.alerts.policy.licence;

/** How the licence that a derivative declares goes with the licence of what it was made from. */
public enum Fit {
    ACCEPTABLE,
    /** A person has to compare the two. */
    UNCLEAR,
    CONFLICTING
}
