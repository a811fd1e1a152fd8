package dev.forebear.cli.token;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code token}: what lets programs in. */
@Command(name = "token", description = "Make, list and end the tokens that let programs in.")
public final class TokenCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "expected 'token create', 'token list' or 'token revoke', found none of them");
    }
}
