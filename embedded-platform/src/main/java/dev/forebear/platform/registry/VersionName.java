package dev.forebear.platform.registry;

import java.util.List;
import java.util.Optional;

/** A version as clients name it: a number from 1, or the latest. */
record VersionName(int number) {

    private static final int LATEST = -1;

    static VersionName parse(String text) {
        if (text.equals("latest") || text.equals("-1")) {
            return new VersionName(LATEST);
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return new VersionName(number);
            }
        } catch (NumberFormatException e) {
            throw RegistryError.invalidVersion(text);
        }
        throw RegistryError.invalidVersion(text);
    }

    boolean latest() {
        return number == LATEST;
    }

    /** @param versions ascending */
    Optional<SchemaVersion> of(List<SchemaVersion> versions) {
        if (latest()) {
            return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
        }
        return versions.stream().filter(version -> version.version() == number).findFirst();
    }
}
