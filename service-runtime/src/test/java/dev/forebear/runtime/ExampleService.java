package dev.forebear.runtime;

import java.util.List;

/** A service as small as can be, to be run as a process of its own. */
final class ExampleService {

    private ExampleService() {}

    public static void main(String[] args) {
        ServiceProcess.run("example", environment -> environment.required("EXAMPLE_NAME"), ExampleService::start);
    }

    private static AutoCloseable start(String name) {
        if (name.equals("unlucky")) {
            throw new IllegalStateException("no broker answered");
        }
        var resources = new ResourceStack();
        resources.add(() -> System.out.println("closed metrics"));
        var metrics = resources.add(new Metrics("example"));
        resources.add(() -> System.out.println("closed listener"));
        var listener = resources.add(
                HttpListener.start(ListenAddress.anyLoopbackPort(), 1000, metrics, List.of(), config -> {}));
        System.out.println("port " + listener.port());
        return resources;
    }
}
