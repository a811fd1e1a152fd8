package dev.forebear.runtime;

import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code main} of a service: reads its configuration, starts it, waits for SIGTERM or Ctrl-C, closes it.
 *
 * <p>Exit codes: 2 when the configuration cannot be used (one line per problem on stderr), 1 when the service could not
 * start for another reason, and the platform's own code for a signal after an orderly stop.
 */
public final class ServiceProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;

    private ServiceProcess() {}

    /** Starts a service from its configuration; returns when it serves. */
    @FunctionalInterface
    public interface Start<C> {
        AutoCloseable with(C configuration) throws Exception;
    }

    /**
     * Runs a service; returns only when the process ends.
     *
     * @param name of the service, as logs and error lines show it
     */
    public static <C> void run(String name, Function<Environment, C> configuration, Start<C> start) {
        int exitCode = start(name, Environment.ofProcess(), configuration, start);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
        awaitForever();
    }

    /** Tells who started the process what is not for who reads its log, such as a secret to begin with. */
    public static void tell(String line) {
        System.out.println(line);
    }

    /** Starts the service and arranges its orderly stop; returns the exit code, 0 while it runs. */
    static <C> int start(String name, Environment environment, Function<Environment, C> configuration, Start<C> start) {
        try {
            AutoCloseable service = start.with(environment.read(configuration));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(name, service), "shutdown"));
            LOG.atInfo().addKeyValue("service", name).log("service started");
            return 0;
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> System.err.println(name + ": " + problem));
            return MISCONFIGURED;
        } catch (Exception e) {
            LOG.atDebug().setCause(e).addKeyValue("service", name).log("service could not start");
            System.err.println(name + ": could not start: " + message(e));
            return FAILED;
        }
    }

    private static String message(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static void stop(String name, AutoCloseable service) {
        try {
            service.close();
            LOG.atInfo().addKeyValue("service", name).log("service stopped");
        } catch (Exception e) {
            LOG.atError().setCause(e).addKeyValue("service", name).log("service stopped with problems");
        }
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
