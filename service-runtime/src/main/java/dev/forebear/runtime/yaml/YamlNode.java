package dev.forebear.runtime.yaml;

import java.util.List;
import java.util.Map;

/** What was written at a place of a YAML file. */
sealed interface YamlNode {

    Position at();

    /** The kind of node, in the words of an error line. */
    String kind();

    /**
     * A text, a number, true, false or nothing.
     *
     * @param text as written; empty for nothing
     */
    record Scalar(Position at, String text) implements YamlNode {
        @Override
        public String kind() {
            return text.isEmpty() ? "nothing" : "'" + text + "'";
        }
    }

    /** Items in their order. */
    record Sequence(Position at, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Entries by key, in their order. */
    record Mapping(Position at, Map<String, Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /**
     * One entry of a mapping.
     *
     * @param at where the key stands
     */
    record Entry(Position at, YamlNode value) {}
}
