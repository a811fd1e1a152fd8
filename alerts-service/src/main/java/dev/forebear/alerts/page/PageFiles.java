package dev.forebear.alerts.page;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files that a page reaches: those that it names, and the modules that its modules import.
 *
 * @param byName the files by their plain names, for example {@code pages/inbox.js}
 * @param eager names of the modules that are needed before anything is seen; the others are imported when they are
 */
record PageFiles(Map<String, Asset> byName, List<String> eager) {

    /** A module that is needed at once, or one that is imported when it is. */
    private static final Pattern IMPORT = Pattern.compile(
            "^(?:import|export) (?:[^\"=(]* from )?\"(?<now>[^\"]+)\"|\\bimport\\(\"(?<later>[^\"]+)\"\\)",
            Pattern.MULTILINE);

    private static final String FOLDER = "/dev/forebear/alerts/page/";

    PageFiles {
        byName = new TreeMap<>(byName);
        eager = List.copyOf(eager);
    }

    /** Reads the named files and all that they reach. */
    static PageFiles reachedFrom(List<String> names) {
        Map<String, Asset> files = new TreeMap<>();
        Library.ALL.forEach(library -> files.put(library.name(), Asset.of(library.name(), library.read())));
        Queue<String> now = new ArrayDeque<>(names);
        List<String> later = new ArrayList<>();
        Set<String> eager = readAll(now, files, later);
        while (!later.isEmpty()) {
            now.addAll(later);
            later.clear();
            readAll(now, files, later);
        }
        return new PageFiles(files, List.copyOf(eager));
    }

    /** A file of the page that no other names, such as the page itself. */
    static String text(String name) {
        return utf8(Library.resource(FOLDER + name));
    }

    /** The address of a file, which holds the hash of its content. */
    String address(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalStateException(name + " is named by the page and was not read");
        }
        int dot = name.lastIndexOf('.');
        return Assets.FOLDER + name.substring(0, dot) + "." + asset.hash().substring(0, 12) + name.substring(dot);
    }

    private static Set<String> readAll(Queue<String> names, Map<String, Asset> files, List<String> later) {
        Set<String> modules = new LinkedHashSet<>();
        while (!names.isEmpty()) {
            String name = names.remove();
            boolean module = name.endsWith(".js");
            if (module) {
                modules.add(name);
            }
            if (files.containsKey(name)) {
                continue;
            }
            byte[] bytes = Library.resource(FOLDER + name);
            files.put(name, Asset.of(name, bytes));
            if (module) {
                IMPORT.matcher(utf8(bytes)).results().forEach(found -> {
                    boolean needed = found.group("now") != null;
                    (needed ? names : later).add(resolve(name, found.group(needed ? "now" : "later")));
                });
            }
        }
        return modules;
    }

    private static String resolve(String importer, String specifier) {
        return specifier.startsWith(".")
                ? URI.create("/" + importer).resolve(specifier).getPath().substring(1)
                : library(importer, specifier).name();
    }

    private static Library library(String importer, String specifier) {
        return Library.ALL.stream()
                .filter(library -> library.specifier().equals(specifier))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        importer + " imports " + specifier + ", which is no library of the page"));
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
