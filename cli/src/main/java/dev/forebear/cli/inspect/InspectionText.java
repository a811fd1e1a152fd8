package dev.forebear.cli.inspect;

import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.declaration.Declaration;
import dev.forebear.checkpoint.declaration.Strength;
import dev.forebear.checkpoint.plan.ReadPlan;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Quantities;
import dev.forebear.cli.console.Style;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An inspection for people: a summary, the tensors, the problems. */
final class InspectionText {

    private final Console console;

    InspectionText(Console console) {
        this.console = console;
    }

    void print(Inspection inspection) {
        print(inspection, tensors(inspection));
    }

    /** With what reading would cost instead of the tensors. */
    void print(Inspection inspection, List<Tier> tiers) {
        print(inspection, costs(tiers));
    }

    private void print(Inspection inspection, Table table) {
        console.print(console.styled(Style.STRONG, inspection.location()));
        console.space();
        summary(inspection);
        console.space();
        console.print(table);
        problems(inspection);
    }

    /** Signals that read the same share it: together they cost less than one by one. */
    private static Table costs(List<Tier> tiers) {
        Table table = new Table()
                .column("tier", Side.LEFT)
                .column("reads for", Side.LEFT)
                .column("bytes", Side.RIGHT)
                .column("requests", Side.RIGHT);
        for (Tier tier : tiers) {
            String name = tier.number() + " " + tier.name();
            for (ReadPlan.Cost cost : tier.plan().costs()) {
                table.row(name, cost.name(), Quantities.bytes(cost.bytes()), "%,d".formatted(cost.requests()));
            }
            ReadPlan plan = tier.plan();
            table.row(name, "all together", Quantities.bytes(plan.bytes()), "%,d".formatted(plan.requests()));
        }
        return table;
    }

    private void summary(Inspection inspection) {
        fact("architecture", architecture(inspection.config(), inspection.transformer()));
        fact("parameters", parameters(inspection));
        if (inspection.quantisation() != null) {
            fact("quantised", inspection.quantisation().toString());
        }
        if (inspection.adapter() != null) {
            fact("adapter", inspection.adapter());
        }
        fact("tensors", tensorCount(inspection));
        fact("tokenizer", tokenizer(inspection.tokenizer()));
        declaredBases(inspection.declarations().bases());
        String licence = inspection.declarations().licence();
        fact("licence", licence == null ? "not declared" : licence);
    }

    private void fact(String name, String value) {
        console.print(console.styled(Style.FAINT, "%-14s".formatted(name)) + value);
    }

    private static String architecture(@Nullable ModelConfig config, @Nullable Transformer transformer) {
        if (transformer == null) {
            return (config == null ? "unknown" : config.modelType()) + ", roles of tensors not recognised";
        }
        return "%s, %d layers, hidden size %d, MLP %d%s, %d heads (%d key-value), vocabulary %d%s"
                .formatted(
                        transformer.layout(),
                        transformer.layers().size(),
                        transformer.hiddenSize(),
                        transformer.intermediateSize(),
                        transformer.gated() ? " gated" : "",
                        transformer.attentionHeads(),
                        transformer.keyValueHeads(),
                        transformer.embedding().rows(),
                        transformer.tied() ? ", tied output head" : "");
    }

    private static String parameters(Inspection inspection) {
        String dtypes = inspection.parametersByDtype().size() == 1
                ? inspection.parametersByDtype().keySet().iterator().next()
                : inspection.parametersByDtype().entrySet().stream()
                        .map(entry -> Quantities.count(entry.getValue()) + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
        return "%s (%s), %s"
                .formatted(Quantities.count(inspection.parameters()), dtypes, Quantities.bytes(inspection.bytes()));
    }

    private static String tensorCount(Inspection inspection) {
        return inspection.tensors().size() + ", " + inspection.roles().size() + " with a known role";
    }

    private static String tokenizer(@Nullable Tokenizer tokenizer) {
        return tokenizer == null
                ? "none"
                : "%s, %d tokens, %d special (%s)"
                        .formatted(
                                tokenizer.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                tokenizer.size(),
                                tokenizer.specialIds().size(),
                                tokenizer.tokenizerClass());
    }

    private void declaredBases(List<Declaration> bases) {
        if (bases.isEmpty()) {
            fact("declared base", "none");
        }
        for (Declaration base : bases) {
            String relation = base.relation() == null ? "" : " (" + base.relation() + ")";
            String strength = base.strength() == Strength.HINT ? ", a hint" : "";
            fact(
                    "declared base",
                    base.name() + relation + ", by " + base.source().word() + strength);
        }
    }

    private static Table tensors(Inspection inspection) {
        Table table = new Table()
                .column("tensor", Side.LEFT)
                .column("dtype", Side.LEFT)
                .column("shape", Side.RIGHT)
                .column("role", Side.LEFT);
        TensorRoles roles = inspection.roles();
        for (Tensor tensor : inspection.tensors()) {
            table.row(
                    tensor.name(),
                    tensor.storedAs(),
                    shape(tensor.shape()),
                    String.join(", ", roles.of(tensor.name())));
        }
        return table;
    }

    private static String shape(List<Long> shape) {
        return shape.isEmpty() ? "scalar" : shape.stream().map(String::valueOf).collect(Collectors.joining(" × "));
    }

    private void problems(Inspection inspection) {
        inspection.problems().forEach(problem -> warn(problem.line()));
        inspection.declarations().findings().forEach(this::warn);
    }

    private void warn(String line) {
        console.space();
        console.print(console.styled(Style.WARNING, "Problem: ") + line);
    }
}
