package dev.forebear.cli;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.TopicException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where a failure becomes an exit code and a line. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        console.error(message(failure));
        List<String> suggestions =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String name = command.getCommandSpec().qualifiedName();
        console.hint(
                suggestions.isEmpty()
                        ? "Try '" + name + " --help'."
                        : "Did you mean '" + name + " " + suggestions.getFirst() + "'? See also '" + name
                                + " --help'.");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
        traceIfVerbose(failure);
        return switch (failure) {
            case ConfigurationException wrong -> {
                wrong.problems().forEach(console::error);
                yield ExitCode.USAGE;
            }
            case CheckpointException unreadable -> unreadable(message(unreadable));
            case IOException outOfReach -> unreadable(message(outOfReach));
            case UncheckedIOException outOfReach -> unreadable(message(outOfReach));
            case KafkaException outOfReach -> unreadable("Kafka: " + message(outOfReach));
            case SchemaRegistryException outOfReach -> unreadable(message(outOfReach));
            case TopicException outOfReach -> unreadable(message(outOfReach));
            default -> unexpected(failure);
        };
    }

    private void traceIfVerbose(Throwable failure) {
        if (console.isVerbose()) {
            console.trace(failure);
        }
    }

    private int unreadable(String line) {
        console.error(line);
        return ExitCode.UNREADABLE_INPUT;
    }

    int unexpected(Throwable failure) {
        // Not before: to open the log takes longer than many commands.
        LoggerFactory.getLogger(Failures.class).atError().setCause(failure).log("command failed unexpectedly");
        if (failure instanceof Error) {
            traceIfVerbose(failure);
        }
        if (ranOutOfMemory(failure)) {
            console.error("expected this to fit into %,d MiB of memory, found that it does not"
                    .formatted(Runtime.getRuntime().maxMemory() >> 20));
            console.hint("FOREBEAR_JAVA_OPTIONS=-Xmx8g gives it 8 GiB.");
            return ExitCode.UNEXPECTED;
        }
        String place = LogFile.place();
        console.error(
                "this is a fault of Forebear itself: " + failure.getClass().getSimpleName()
                        + (failure.getMessage() == null ? "" : " (" + failure.getMessage() + ")")
                        + (place == null ? "; --verbose shows the trace" : "; the trace is in " + place));
        return ExitCode.UNEXPECTED;
    }

    private static boolean ranOutOfMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static String message(Exception failure) {
        return switch (failure) {
            case UncheckedIOException wrapped when wrapped.getCause() instanceof IOException cause -> message(cause);
            case NoSuchFileException missing -> missing.getFile() + ": expected a file, found none";
            case AccessDeniedException denied -> denied.getFile() + ": expected a readable file, found no permission";
            case FileSystemException other -> other.getFile() + ": " + other.getReason();
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }
}
