package dev.forebear.cli.reference;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reference}: known bases, with who published them. */
@Command(
        name = "reference",
        description = {
            "Keep reference models: known bases that uploads are compared with, with who published them and when.",
            "They are kept in a running instance, or in a file that needs none and can be given away."
        })
public final class ReferenceCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "expected 'reference add', 'list', 'import' or 'export', found none of them");
    }
}
