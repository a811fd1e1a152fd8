package dev.forebear.platform.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client did wrong, with the code and the words of the Confluent REST API. */
final class RegistryError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    private RegistryError(int code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Code of the body: an HTTP status, or one followed by two digits. */
    int code() {
        return code;
    }

    int status() {
        return code < 1_000 ? code : code / 100;
    }

    static RegistryError subjectNotFound(String subject) {
        return new RegistryError(40401, "Subject '" + subject + "' not found.", null);
    }

    static RegistryError versionNotFound(int version) {
        return new RegistryError(40402, "Version " + version + " not found.", null);
    }

    static RegistryError schemaNotFound(int id) {
        return new RegistryError(40403, "Schema " + id + " not found", null);
    }

    static RegistryError schemaNotFound() {
        return new RegistryError(40403, "Schema not found", null);
    }

    static RegistryError subjectSoftDeleted(String subject) {
        return new RegistryError(
                40404, "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently", null);
    }

    static RegistryError subjectNotSoftDeleted(String subject) {
        return new RegistryError(
                40405, "Subject '" + subject + "' was not deleted first before being permanently deleted", null);
    }

    static RegistryError versionSoftDeleted(String subject, int version) {
        return new RegistryError(
                40406,
                "Subject '" + subject + "' Version " + version
                        + " was soft deleted. Set permanent=true to delete permanently",
                null);
    }

    static RegistryError versionNotSoftDeleted(String subject, int version) {
        return new RegistryError(
                40407,
                "Subject '" + subject + "' Version " + version
                        + " was not deleted first before being permanently deleted",
                null);
    }

    static RegistryError noSubjectLevel(String subject) {
        return new RegistryError(
                40408, "Subject '" + subject + "' does not have subject-level compatibility configured", null);
    }

    static RegistryError incompatible(String subject, List<String> reasons) {
        return new RegistryError(
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                        + "\", details: " + reasons,
                null);
    }

    static RegistryError invalidSchema(String reason, @Nullable Throwable cause) {
        return new RegistryError(42201, "Invalid schema: " + reason, cause);
    }

    static RegistryError invalidVersion(String version) {
        return new RegistryError(
                42202,
                "The specified version '" + version + "' is not a valid version id. Allowed values are between [1, "
                        + "2^31-1] and the string \"latest\"",
                null);
    }

    static RegistryError invalidLevel(String level) {
        return new RegistryError(
                42203,
                "Invalid compatibility level '" + level + "'. Valid values are none, backward, forward, full, "
                        + "backward_transitive, forward_transitive, and full_transitive",
                null);
    }

    static RegistryError invalidMode(String mode) {
        return new RegistryError(42204, "Invalid mode '" + mode + "'. This registry is always READWRITE", null);
    }

    static RegistryError invalidSubject(String subject) {
        return new RegistryError(42208, "The specified subject '" + subject + "' is not a valid subject", null);
    }

    static RegistryError malformed(String reason) {
        return new RegistryError(422, reason, null);
    }

    static RegistryError foreignHost(String host) {
        return new RegistryError(
                403, "expected a request to 127.0.0.1 or localhost, found one to '" + host + "'", null);
    }

    static RegistryError notJson(@Nullable String contentType) {
        return new RegistryError(
                415, "expected a body of type application/vnd.schemaregistry.v1+json, found " + contentType, null);
    }

    static RegistryError storeFailed(Throwable cause) {
        return new RegistryError(50001, "Error while writing to the schema log", cause);
    }
}
