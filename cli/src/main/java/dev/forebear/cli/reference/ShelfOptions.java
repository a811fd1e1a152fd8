package dev.forebear.cli.reference;

import dev.forebear.cli.instance.InstanceAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --file}, or which instance: where reference models are kept. */
final class ShelfOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "File of reference models; if not given, those of the running instance.")
    private @Nullable Path file;

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    Shelf shelf(Map<String, String> environment, InstantSource clock) {
        if (file != null && instance.isGiven()) {
            throw wrongUsage("expected --file or an instance, found both");
        }
        return file == null ? instance(environment) : new FileShelf(file, clock);
    }

    InstanceShelf instance(Map<String, String> environment) {
        return new InstanceShelf(instance.resolve(environment));
    }

    boolean isFile() {
        return file != null;
    }

    ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
