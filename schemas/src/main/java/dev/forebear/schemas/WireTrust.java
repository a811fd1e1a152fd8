package dev.forebear.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the generated records are safe to instantiate. Avro refuses every class that nobody vouched for,
 * because a schema from outside could name one; only the wire package is added to what is trusted already. Whatever
 * reads or writes records here does it by itself; who builds one before that must ask for it.
 */
public final class WireTrust {

    private static final String WIRE_PACKAGE = "dev.forebear.schemas.wire";

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), WireTrust::isWire));
    }

    private WireTrust() {}

    /** Takes effect once, when this class is first used. */
    public static void establish() {
        // The static initialiser has run.
    }

    private static boolean isWire(Class<?> type) {
        return WIRE_PACKAGE.equals(type.getPackageName());
    }
}
