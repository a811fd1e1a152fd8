package dev.forebear.cli.system;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Secret key of the S3 endpoint: made at the first start, kept with the data, readable by the owner alone. */
final class S3Secret {

    static final String FILE = "s3-secret-key";

    private static final int BYTES = 24;

    private S3Secret() {}

    /** @throws ConfigurationException when the folder cannot be read or written */
    static Secret in(Path data) {
        var file = data.resolve(FILE);
        try {
            Files.createDirectories(data);
            if (!Files.exists(file)) {
                create(file);
            }
            return Secret.fromFile(file);
        } catch (IOException e) {
            throw new ConfigurationException(data + ": expected a folder that can be written, found " + e.getMessage());
        }
    }

    private static void create(Path file) throws IOException {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, ownerOnly);
        Files.writeString(file, Base64.getUrlEncoder().encodeToString(bytes));
    }
}
