package dev.forebear.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Style;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A family as a tree of lines; names stand alone, so that none is cut, and what is known of them below. */
final class FamilyText implements FamilyFormat {

    /** Whoever is further away stands below the last of them. */
    private static final int MOST_INDENTED = 8;

    private static final Pattern BREAKING = Pattern.compile("[\\p{Cntrl}\\p{Cf}\u2028\u2029]");

    private final Console console;
    private final Side side;
    private final List<Member> members = new ArrayList<>();

    FamilyText(Console console, Side side) {
        this.console = console;
        this.side = side;
    }

    /**
     * What is told of a member.
     *
     * @param through the one that leads to it
     */
    private record Member(String id, String through, String name, List<String> facts) {}

    private record Branch(Member member, String indent, boolean last, int level) {}

    @Override
    public void take(JsonNode member) {
        members.add(
                new Member(member.path("id").asText(), member.path("through").asText(), name(member), facts(member)));
    }

    @Override
    public String words(JsonNode family) {
        var lines = new ArrayList<String>();
        heading(family, lines);
        Map<String, List<Member>> below = below();
        Deque<Branch> branches = new ArrayDeque<>();
        push(branches, below.getOrDefault("", List.of()), "", 0);
        while (!branches.isEmpty()) {
            Branch branch = branches.pop();
            List<Member> children = below.getOrDefault(branch.member.id, List.of());
            String inner = branch.level < MOST_INDENTED
                    ? branch.indent + (branch.last ? "   " : pick("│  ", "|  "))
                    : branch.indent;
            lines.add(branch.indent + (branch.last ? pick("└─ ", "`- ") : pick("├─ ", "|- ")) + branch.member.name);
            String margin = inner + (children.isEmpty() ? "   " : pick("│  ", "|  "));
            wrapped(branch.member.facts, console.columns() - margin.length())
                    .forEach(line -> lines.add(margin + console.styled(Style.FAINT, line)));
            push(branches, children, inner, branch.level + 1);
        }
        return String.join("\n", lines);
    }

    private void heading(JsonNode family, List<String> lines) {
        int found = family.path("found").asInt();
        int shown = members.size();
        lines.add(console.styled(Style.STRONG, family.path("id").asText())
                + (family.path("known").asBoolean() ? "" : " (only declarations tell of it)"));
        lines.add(
                found == 0
                        ? "Nothing that is known " + (side == Side.DESCENDANTS ? "descends from it." : "is above it.")
                        : found + (found == 1 ? " model version" : " model versions") + " of "
                                + family.path("models").asInt() + " models " + side.words() + ", "
                                + family.path("proven").asInt() + " of them proven."
                                + (shown == found ? "" : " Shown: " + shown + "."));
        for (JsonNode quarantine : family.path("quarantines")) {
            lines.add(console.styled(
                    Style.BAD,
                    quarantine.path("id").asText() + " is quarantined since "
                            + day(quarantine.path("quarantinedAt").asText()) + " by "
                            + quarantine.path("quarantinedBy").asText() + ": "
                            + quarantine.path("reason").asText()));
        }
    }

    /** Members by the one before them; by nothing where that is the model itself. */
    private Map<String, List<Member>> below() {
        Set<String> ids = members.stream().map(Member::id).collect(Collectors.toSet());
        Map<String, List<Member>> below = new HashMap<>();
        for (Member member : members) {
            below.computeIfAbsent(ids.contains(member.through) ? member.through : "", none -> new ArrayList<>())
                    .add(member);
        }
        return below;
    }

    private static void push(Deque<Branch> branches, List<Member> members, String indent, int level) {
        for (int i = members.size() - 1; i >= 0; i--) {
            branches.push(new Branch(members.get(i), indent, i == members.size() - 1, level));
        }
    }

    private String name(JsonNode item) {
        Style style = item.path("quarantined").asBoolean()
                ? Style.BAD
                : item.path("proven").asBoolean() ? Style.STRONG : Style.WARNING;
        return console.styled(style, oneLine(item.path("id").asText()));
    }

    private static List<String> facts(JsonNode item) {
        JsonNode step = item.path("steps").path(0);
        var facts = new ArrayList<String>();
        if (item.path("quarantined").asBoolean()) {
            facts.add("QUARANTINED");
        }
        facts.add(certainty(item, step));
        add(facts, "", step.path("kind"));
        if (!item.path("known").asBoolean()) {
            facts.add("not known here");
        }
        add(facts, "team ", item.path("team"));
        add(facts, "owner ", item.path("owner"));
        add(facts, "", item.path("exposure"));
        add(facts, "uploaded by ", item.path("uploadedBy"));
        if (item.path("deletedAt").isTextual()) {
            facts.add("deleted " + day(item.path("deletedAt").asText()));
        }
        int more = item.path("steps").size() - 1;
        if (more > 0) {
            facts.add("and from " + more + " more");
        }
        return facts;
    }

    private static String certainty(JsonNode item, JsonNode step) {
        String declared = step.path("declaration").path("source").asText("");
        String source = declared.isEmpty() ? "" : " (" + declared + ")";
        return switch (item.path("evidence").asText()) {
                    case "declaration" -> "declared only" + source;
                    case "both" -> chance(step) + ", declared" + source;
                    default -> chance(step) + ", not declared";
                }
                + (item.path("proven").asBoolean()
                                || item.path("evidence").asText().equals("declaration")
                        ? ""
                        : ", after a declared step");
    }

    private static String chance(JsonNode step) {
        return step.path("verdict").asText().equals("same-weights")
                ? "the same weights"
                : "proven, " + step.path("chance").asText() + " by chance";
    }

    private static void add(List<String> facts, String before, JsonNode value) {
        if (value.isTextual() && !value.asText().isEmpty()) {
            facts.add(before + oneLine(value.asText()));
        }
    }

    /** The facts between commas, on as many lines as it takes. */
    private static List<String> wrapped(List<String> facts, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String fact : facts) {
            if (!line.isEmpty() && line.length() + 2 + fact.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : "; ").append(fact);
        }
        lines.add(line.toString());
        return lines;
    }

    private String pick(String drawn, String plain) {
        return console.isPlain() ? plain : drawn;
    }

    /** A name from outside breaks no line. */
    static String oneLine(String text) {
        return BREAKING.matcher(text).replaceAll("\ufffd");
    }

    private static String day(String time) {
        return time.split("T", 2)[0];
    }
}
