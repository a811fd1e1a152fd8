package dev.forebear.cli.console;

/** What a run ended with, as scripts see it. */
public final class ExitCode {

    /** Done and nothing wrong. */
    public static final int OK = 0;

    /** A check failed: a policy violated, a verification not passed. */
    public static final int CHECK_FAILED = 1;

    /** Wrong usage or configuration. */
    public static final int USAGE = 2;

    /** An input could not be read: missing, malformed, unsupported or out of reach. */
    public static final int UNREADABLE_INPUT = 3;

    /** The program itself is wrong; EX_SOFTWARE of sysexits.h. */
    public static final int UNEXPECTED = 70;

    private ExitCode() {}
}
