package dev.forebear.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Where a command speaks: results on standard output, progress and errors on standard error, both in UTF-8. Whatever it
 * is told to print, control characters that come from outside do not reach the terminal. Safe for several threads.
 */
public final class Console {

    private static final int DEFAULT_COLUMNS = 100;
    private static final int SMALLEST_COLUMNS = 40;
    private static final int TRACE_DEPTH = 40;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final int columns;
    private final boolean colours;
    private boolean plain;
    private boolean quiet;
    private boolean verbose;

    private Console(
            PrintStream out,
            PrintStream err,
            boolean outIsTerminal,
            boolean errIsTerminal,
            int columns,
            boolean colours) {
        this.out = out;
        this.err = err;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.columns = columns;
        this.colours = colours;
    }

    /** The streams of this process; the launcher says through system properties which of them are terminals. */
    public static Console ofProcess(Map<String, String> environment) {
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Console(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Boolean.getBoolean("forebear.stdout.terminal"),
                Boolean.getBoolean("forebear.stderr.terminal"),
                Math.max(SMALLEST_COLUMNS, Integer.getInteger("forebear.columns", DEFAULT_COLUMNS)),
                colours);
    }

    /** Streams that are no terminals. */
    public static Console of(PrintStream out, PrintStream err) {
        return new Console(out, err, false, false, DEFAULT_COLUMNS, false);
    }

    /** Streams that are terminals of the given width. */
    static Console ofTerminal(PrintStream out, PrintStream err, int columns) {
        return new Console(out, err, true, true, columns, true);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** From now on neither colours nor drawn lines. */
    public void bePlain() {
        plain = true;
    }

    /** From now on no progress and no notes. */
    public void beQuiet() {
        quiet = true;
    }

    /** From now on failures come with their traces. */
    public void beVerbose() {
        verbose = true;
    }

    public boolean isPlain() {
        return plain;
    }

    public boolean isVerbose() {
        return verbose;
    }

    /** Whether results are shown in colour. */
    public boolean hasColours() {
        return colours && outIsTerminal && !plain;
    }

    /** Width that results should not exceed, in characters. */
    public int columns() {
        return columns;
    }

    /** The text in a style where results have colours, else as it is. */
    public String styled(Style style, String text) {
        return hasColours() && !text.isEmpty() ? style.on() + text + Style.RESET : text;
    }

    /** Prints a result; it may be of several lines. */
    public void print(String text) {
        out.println(Printable.of(text));
        out.flush();
    }

    /** Prints an empty line between results. */
    public void space() {
        print("");
    }

    /** Prints a table of results. */
    public void print(Table table) {
        print(table.render(this));
    }

    /** Tells how work goes on, on standard error; silent when quiet. */
    public void note(String line) {
        if (!quiet) {
            errorLine(errorColours() ? Style.FAINT.on() + Printable.of(line) + Style.RESET : Printable.of(line));
        }
    }

    /** Says in one line what is wrong. */
    public void error(String line) {
        String printable = Printable.of(line.replaceAll("\\R+", " "));
        errorLine("forebear: " + (errorColours() ? Style.BAD.on() + printable + Style.RESET : printable));
    }

    /** Says what to do about an error. */
    public void hint(String line) {
        errorLine(Printable.of(line));
    }

    /** Shows work whose amount is known until the returned progress is closed. */
    public Progress progress(String label, LongSupplier done, long total) {
        return progress(label, done, () -> total);
    }

    /** The same for work whose amount turns out on the way: {@link Progress#UNKNOWN} until then. */
    public Progress progress(String label, LongSupplier done, LongSupplier total) {
        return progress(label, done, total, Quantities::bytes);
    }

    /** The same for work that is not counted in bytes. */
    public Progress progress(String label, LongSupplier done, LongSupplier total, LongFunction<String> unit) {
        return Progress.start(this, label, done, total, unit);
    }

    /** Prints a whole trace; only for verbose runs. */
    public void trace(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            errorLine(Printable.of((cause == failure ? "" : "caused by ") + cause));
            Stream.of(cause.getStackTrace()).limit(TRACE_DEPTH).forEach(frame -> errorLine("    at " + frame));
        }
    }

    /** For the option parser, which prints help and versions itself. */
    public PrintWriter resultWriter() {
        return new PrintWriter(out, true);
    }

    /** For the option parser. */
    public PrintWriter errorWriter() {
        return new PrintWriter(err, true);
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Whether a line may be painted again and again. */
    boolean repaints() {
        return errIsTerminal && !plain && !quiet;
    }

    synchronized void paint(String text) {
        err.print(text);
        err.flush();
    }

    private synchronized void errorLine(String line) {
        err.println(line);
        err.flush();
    }

    private boolean errorColours() {
        return colours && errIsTerminal && !plain;
    }
}
