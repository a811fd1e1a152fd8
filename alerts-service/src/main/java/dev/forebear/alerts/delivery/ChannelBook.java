package dev.forebear.alerts.delivery;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.yaml.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels there are now. Those of a file are read again when the file changes. Thread-safe. */
public final class ChannelBook {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelBook.class);

    private final @Nullable Path file;
    private final UnaryOperator<@Nullable String> variables;
    private String text;
    private volatile List<Channel> channels;

    private ChannelBook(
            @Nullable Path file, UnaryOperator<@Nullable String> variables, String text, List<Channel> channels) {
        this.file = file;
        this.variables = variables;
        this.text = text;
        this.channels = channels;
    }

    /** No channels: alerts are on the page only. */
    public static ChannelBook empty() {
        return of(List.of());
    }

    /**
     * These channels for ever.
     *
     * @throws IllegalArgumentException when two have the same name
     */
    public static ChannelBook of(List<Channel> channels) {
        if (channels.stream().map(Channel::name).distinct().count() != channels.size()) {
            throw new IllegalArgumentException("channels: expected every name once");
        }
        return new ChannelBook(null, name -> null, "", List.copyOf(channels));
    }

    /**
     * The channels of a file.
     *
     * @param variables value of an environment variable, or null
     * @throws ConfigurationException with one line {@code file:line:column: what, expected, found} per problem
     */
    public static ChannelBook read(Path file, UnaryOperator<@Nullable String> variables) {
        String text = SettingsFile.text(file);
        return new ChannelBook(file, variables, text, ChannelsFile.parse(file.toString(), text, variables));
    }

    public List<Channel> channels() {
        return channels;
    }

    /**
     * Reads the file again when its text has changed; keeps the channels and logs what is wrong when it cannot be used.
     *
     * @return whether there are other channels now
     */
    synchronized boolean refresh() {
        if (file == null) {
            return false;
        }
        try {
            String now = SettingsFile.text(file);
            if (now.equals(text)) {
                return false;
            }
            text = now;
            channels = ChannelsFile.parse(file.toString(), now, variables);
            LOG.atInfo()
                    .addKeyValue("file", file)
                    .addKeyValue("channels", channels.size())
                    .log("channels read again");
            return true;
        } catch (ConfigurationException e) {
            e.problems()
                    .forEach(problem ->
                            LOG.atWarn().addKeyValue("problem", problem).log("channels stay as they were"));
            return false;
        }
    }
}
