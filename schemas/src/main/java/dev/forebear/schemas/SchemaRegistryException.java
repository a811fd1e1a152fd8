package dev.forebear.schemas;

import org.jspecify.annotations.Nullable;

/** A schema registry refused a request or could not be asked. */
public final class SchemaRegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Error code of a registry that gave none or did not answer. */
    static final int NO_CODE = 0;

    private final int errorCode;

    SchemaRegistryException(int errorCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.errorCode = errorCode;
    }

    /** The registry's own code, for example 40403 or 409; 0 when it gave none. */
    public int errorCode() {
        return errorCode;
    }

    /** Whether the subject, the version or the schema does not exist: asking again will not help. */
    public boolean notFound() {
        return errorCode == 404 || errorCode / 100 == 404;
    }

    /** Whether the registry answered: it refused, and asking again will not help. */
    public boolean refused() {
        return errorCode != NO_CODE && errorCode < 50000 && errorCode / 100 != 5;
    }
}
