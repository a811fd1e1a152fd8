package dev.forebear.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What became of models that were taken over.
 *
 * @param added new ones
 * @param replaced those that took the place of one of the same name
 * @param merged those whose weights were known already, or came twice: only their names were taken over
 * @param models number of reference models there are now
 */
record Stored(int added, int replaced, int merged, int models) {

    String sentence() {
        return "%,d added, %,d replaced, %,d known by another name already; %,d reference models now."
                .formatted(added, replaced, merged, models);
    }

    void describe(ObjectNode node) {
        node.put("added", added);
        node.put("replaced", replaced);
        node.put("merged", merged);
        node.put("models", models);
    }
}
