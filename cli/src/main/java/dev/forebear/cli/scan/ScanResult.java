package dev.forebear.cli.scan;

import java.util.List;

/**
 * What a scan found.
 *
 * @param location of the checkpoint that was scanned
 * @param name short name of it
 * @param against where the known models are, in words
 * @param matches the strongest or, by a running instance, the nearest first
 * @param compared number of known models it was compared with
 * @param notCompared one line for each known model, or group of them, that it could not be compared with
 * @param resemblances what the peer's signals say of known models of which nothing else is known, the highest first
 */
record ScanResult(
        String location,
        String name,
        String against,
        List<Match> matches,
        long compared,
        List<String> notCompared,
        List<Resemblance> resemblances) {

    ScanResult {
        matches = List.copyOf(matches);
        notCompared = List.copyOf(notCompared);
        resemblances = List.copyOf(resemblances);
    }
}
