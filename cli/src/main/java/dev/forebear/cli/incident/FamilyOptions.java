package dev.forebear.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.instance.PageAddress;
import dev.forebear.cli.instance.RunningInstance;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What both sides of a family are asked by, and how they are shown. */
public final class FamilyOptions {

    /** What is shown of a family. */
    enum Only {
        PROVEN
    }

    /** How it is shown. */
    enum Format {
        TREE,
        JSON,
        DOT,
        CSV
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "MODEL",
            description = "<registry>/<name>, <registry>/<name>@<version>, or a name that only one model has.")
    private String model = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "tree, json, dot or csv; all but tree name everybody with all facts (default: tree).")
    private Format format = Format.TREE;

    @Option(names = "--depth", paramLabel = "N", description = "Show those that are at most N steps away.")
    private @Nullable Integer depth;

    @Option(names = "--only", paramLabel = "proven", description = "Leave out what is only declared.")
    private @Nullable Only only;

    @Mixin
    private final PageAddress page = new PageAddress();

    int answer(Console console, Map<String, String> environment, Side side) throws IOException, InterruptedException {
        if (depth != null && depth < 1) {
            throw new ParameterException(spec.commandLine(), "--depth: expected 1 or more, found " + depth);
        }
        try (var instance = page.connect(environment)) {
            JsonNode family = family(instance, side);
            print(console, side, family);
            if (family.path("truncated").asBoolean()) {
                console.error("this is not everybody: more than "
                        + family.path("found").asText() + " belong to it, which is as far as was looked");
                return ExitCode.CHECK_FAILED;
            }
            return ExitCode.OK;
        }
    }

    private JsonNode family(RunningInstance instance, Side side) throws IOException, InterruptedException {
        return instance.getLarge("/api/v1/" + side.path() + "?id=" + encoded(model)
                + (depth == null ? "" : "&depth=" + depth) + (only == null ? "" : "&proven=true"));
    }

    private void print(Console console, Side side, JsonNode family) {
        switch (format) {
            case TREE -> console.print(new FamilyText(console, side).of(family));
            case JSON -> new JsonOutput(console).print(family);
            case DOT -> console.print(FamilyDot.of(family));
            case CSV -> console.print(FamilyCsv.of(family));
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
