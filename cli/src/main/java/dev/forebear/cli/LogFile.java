package dev.forebear.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logs of a command go to a file: the screen belongs to its results. */
final class LogFile {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String PLACE = "forebear.log";

    private LogFile() {}

    /** Must come before the first logger; configuration given from outside wins. */
    static void open(Map<String, String> environment) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "dev/forebear/cli/logback-file.xml");
            System.setProperty(PLACE, defaultPlace(environment));
        }
    }

    /** The file; null when logs go elsewhere. */
    static @Nullable String place() {
        return System.getProperty(PLACE);
    }

    private static String defaultPlace(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        String home = state.isEmpty() ? System.getProperty("user.home") + "/.local/state" : state;
        return home + "/forebear/forebear.log";
    }
}
