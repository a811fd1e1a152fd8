package dev.forebear.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
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
            JsonNode family = print(console, instance, side);
            if (family.path("truncated").asBoolean()) {
                console.error("this is not everybody: more than "
                        + family.path("found").asText() + " belong to it, which is as far as was looked");
                return ExitCode.CHECK_FAILED;
            }
            return ExitCode.OK;
        }
    }

    /** What is said of all of the family. */
    private JsonNode print(Console console, RunningInstance instance, Side side)
            throws IOException, InterruptedException {
        FamilyFormat words =
                switch (format) {
                    case TREE -> new FamilyText(console, side);
                    case JSON -> new FamilyJson();
                    case DOT -> new FamilyDot();
                    case CSV -> new FamilyCsv();
                };
        String path = "/api/v1/" + side.path() + "?id=" + encoded(model) + (depth == null ? "" : "&depth=" + depth)
                + (only == null ? "" : "&proven=true");
        JsonNode family = instance.getLarge(path, FamilyFormat.MEMBERS, words::take);
        console.print(words.words(family));
        return family;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
