package dev.forebear.alerts.access;

/** Whether people and machines must say who they are. */
public enum AccessMode {
    /** By OpenID Connect, by a token, or by the link of the first start. */
    SIGN_IN,
    /** Nobody needs to, on the loopback interface. */
    OPEN
}
