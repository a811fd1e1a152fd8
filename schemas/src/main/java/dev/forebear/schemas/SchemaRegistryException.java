package dev.forebear.schemas;

import org.jspecify.annotations.Nullable;

/** A schema registry refused a request or could not be asked. */
public final class SchemaRegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Error code of a registry that gave none or did not answer. */
    static final int NO_CODE = 0;

    /** A bare 404 may as well come from a wrong path or a proxy, so only the registry's own code counts. */
    private static final int SCHEMA_NOT_FOUND = 40403;

    private final int errorCode;

    SchemaRegistryException(int errorCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.errorCode = errorCode;
    }

    /** The registry's own code, for example 40403 or 409; 0 when it gave none. */
    public int errorCode() {
        return errorCode;
    }

    /** Whether the registry knows no schema by the id or under the subject: the record is to blame, not the world. */
    public boolean schemaNotFound() {
        return errorCode == SCHEMA_NOT_FOUND;
    }

    /** Whether the registry answered and refused: asking again will not help. */
    public boolean refused() {
        return errorCode != NO_CODE;
    }
}
