package dev.forebear.cli.policy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code policy}: what raises alerts. */
@Command(name = "policy", description = "Check a policy file, or apply the policy of a running instance.")
public final class PolicyCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected 'policy check' or 'policy apply', found neither");
    }
}
