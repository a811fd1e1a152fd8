package dev.forebear.cli.channel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code channel}: the channels of a running instance. */
@Command(name = "channel", description = "Test a channel of a running instance.")
public final class ChannelCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected 'channel test', found no 'test'");
    }
}
