package dev.forebear.cli.registry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code registry}: the connected registries of a running instance. */
@Command(name = "registry", description = "List the connected registries of a running instance, or test one.")
public final class RegistryCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected 'registry list' or 'registry test', found neither");
    }
}
