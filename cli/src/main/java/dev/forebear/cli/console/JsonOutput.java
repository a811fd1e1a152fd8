package dev.forebear.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** The option {@code --json} of a command, and the document that it asks for. */
public final class JsonOutput {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Console console;
    private boolean requested;

    public JsonOutput(Console console) {
        this.console = console;
    }

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    void request(boolean json) {
        requested = json;
        if (json) {
            console.beQuiet();
        }
    }

    public boolean requested() {
        return requested;
    }

    /** Prints the document, the only one of this run. */
    public void print(JsonNode document) {
        console.print(text(document));
    }

    /** A document as it is printed. */
    public static String text(JsonNode document) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree could not be written", impossible);
        }
    }

    /** An empty document. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A number; null where JSON has none, which is for NaN and infinities. */
    public static JsonNode number(double value) {
        return Double.isFinite(value) ? DoubleNode.valueOf(value) : NullNode.getInstance();
    }
}
