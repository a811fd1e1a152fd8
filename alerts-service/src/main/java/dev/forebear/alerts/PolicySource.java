package dev.forebear.alerts;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.yaml.SettingsFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in use. A file is followed while the service runs: a good new text is used from then on, a broken one is
 * refused and the former policy stays. Thread-safe.
 */
public final class PolicySource {

    private static final Logger LOG = LoggerFactory.getLogger(PolicySource.class);

    private final String name;
    private final @Nullable Path file;
    private volatile Policy current;
    private volatile @Nullable String problem;
    /** What was read last, good or broken. */
    private String lastRead;

    private PolicySource(String name, @Nullable Path file, Policy policy) {
        this.name = name;
        this.file = file;
        this.current = policy;
        this.lastRead = policy.text();
    }

    /** A policy that stays. */
    public static PolicySource of(Policy policy) {
        return new PolicySource("standard", null, policy);
    }

    /**
     * A file, which must be good to begin with.
     *
     * @throws ConfigurationException with one line per problem
     */
    public static PolicySource file(Path file) {
        return new PolicySource(String.valueOf(file.getFileName()), file, PolicyFile.read(file));
    }

    public Policy current() {
        return current;
    }

    /** Name of the file, or {@code standard}. */
    public String name() {
        return name;
    }

    /** Why the text that the file holds now is not used, in one line. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Looks whether the file holds another text than before. */
    synchronized void refresh() {
        if (file == null) {
            return;
        }
        try {
            String text = SettingsFile.text(file);
            if (text.equals(lastRead)) {
                if (text.equals(current.text())) {
                    problem = null;
                }
                return;
            }
            lastRead = text;
            Policy next = PolicyFile.parse(file.toString(), text);
            current = next;
            problem = null;
            LOG.atInfo()
                    .addKeyValue("file", file)
                    .addKeyValue("version", next.version())
                    .log("policy reloaded");
        } catch (ConfigurationException e) {
            refuse(e);
        }
    }

    private void refuse(ConfigurationException e) {
        int more = e.problems().size() - 1;
        String line =
                "the former policy stays: " + e.problems().getFirst() + (more == 0 ? "" : " (and " + more + " more)");
        if (!line.equals(problem)) {
            LOG.atWarn().addKeyValue("file", file).addKeyValue("problem", line).log("policy refused");
        }
        problem = line;
    }
}
