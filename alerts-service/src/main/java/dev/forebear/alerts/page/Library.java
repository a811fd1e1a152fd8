package dev.forebear.alerts.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * A library of the page: the file of a webjar that a module imports by a bare name.
 *
 * @param specifier the name that modules import, for example {@code d3-zoom}
 * @param artifact the webjar that holds it, whose version the build decides
 * @param file its path in the webjar
 */
record Library(String specifier, String artifact, String file) {

    static final String FOLDER = "lib/";

    /** What the page may import; d3's files add themselves to the global {@code d3}, each after those it needs. */
    static final List<Library> ALL = List.of(
            new Library("preact", "preact", "dist/preact.module.js"),
            new Library("preact/hooks", "preact", "hooks/dist/hooks.module.js"),
            d3("d3-dispatch"),
            d3("d3-timer"),
            d3("d3-color"),
            d3("d3-interpolate"),
            d3("d3-ease"),
            d3("d3-selection"),
            d3("d3-transition"),
            d3("d3-drag"),
            d3("d3-zoom"),
            d3("d3-hierarchy"),
            d3("d3-path"),
            d3("d3-shape"),
            d3("internmap"),
            d3("d3-array"),
            d3("d3-format"),
            d3("d3-time"),
            d3("d3-time-format"),
            d3("d3-scale"));

    private static Library d3(String name) {
        return new Library(name, name, "dist/" + name + ".min.js");
    }

    /** Name under which it is served. */
    String name() {
        return FOLDER + specifier.replace('/', '-') + ".js";
    }

    byte[] read() {
        String path = "/META-INF/resources/webjars/%s/%s/%s".formatted(artifact, version(), file);
        return resource(path);
    }

    private String version() {
        var properties = new Properties();
        String path = "/META-INF/maven/org.webjars.npm/%s/pom.properties".formatted(artifact);
        try (var in = Library.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the webjar of " + artifact + " is not on the class path");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    static byte[] resource(String path) {
        try (var in = Library.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
