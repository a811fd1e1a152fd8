package dev.forebear.alerts.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import dev.forebear.alerts.policy.licence.Fit;
import dev.forebear.alerts.policy.licence.LicenceTable;
import dev.forebear.runtime.yaml.Passage;
import dev.forebear.runtime.yaml.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compiles conditions: expressions of the Common Expression Language over the {@link Vocabulary}. They read nothing but
 * what they are given, and what they may cost is bounded.
 */
final class Conditions {

    /** Steps of loops per evaluation: two nested loops over a hundred ancestors. */
    static final int MAX_ITERATIONS = 20_000;

    static final int MAX_LENGTH = 10_000;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 5_000;
    private static final int MAX_REGEX_PROGRAM = 2_000;

    /** What only the makers of the language understand. */
    private static final Pattern EXTRAS =
            Pattern.compile(" \\(in container ''\\)| \\(candidates: .*\\)$| expecting \\{.*}$");

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private final Map<String, List<String>> lists;
    private final Language aboutModels;
    private final Language aboutAncestors;

    Conditions(Map<String, List<String>> lists, LicenceTable licences) {
        this.lists = Map.copyOf(lists);
        Map<String, CelType> fields = new HashMap<>();
        lists.keySet().forEach(name -> fields.put(name, ListType.create(SimpleType.STRING)));
        StructType listsType = Vocabulary.struct(
                "the lists",
                lists.keySet().stream()
                        .map(name -> new Term<>(name, ListType.create(SimpleType.STRING), "", value -> value))
                        .toList());
        aboutModels = language(listsType, licences, false);
        aboutAncestors = language(listsType, licences, true);
    }

    /** A condition on a model; empty, and the problems noted, when the text is none. */
    Optional<Condition> onModel(Passage passage) {
        return compile(aboutModels, passage);
    }

    /** A condition on each ancestor of a model; empty, and the problems noted, when the text is none. */
    Optional<Condition> onAncestor(Passage passage) {
        return compile(aboutAncestors, passage);
    }

    private Optional<Condition> compile(Language language, Passage passage) {
        if (passage.text().length() > MAX_LENGTH) {
            passage.problem(
                    1,
                    1,
                    "expected at most " + MAX_LENGTH + " characters, found "
                            + passage.text().length());
            return Optional.empty();
        }
        try {
            CelValidationResult result = language.cel.compile(passage.text());
            if (!result.hasError()) {
                result = language.validator.validate(result.getAst());
            }
            if (!result.hasError()) {
                return Optional.of(new Condition(language.cel.createProgram(result.getAst()), lists));
            }
            result.getErrors().forEach(issue -> tell(passage, issue));
        } catch (CelValidationException | CelEvaluationException e) {
            passage.problem(1, 1, "expected a condition, found " + Wording.oneLine(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private void tell(Passage passage, CelIssue issue) {
        String message = EXTRAS.matcher(Wording.oneLine(issue.getMessage())).replaceAll("");
        Matcher quoted = QUOTED.matcher(message);
        String hint = message.startsWith("und") && quoted.find() ? Spelling.hint(quoted.group(1), words()) : "";
        passage.problem(
                Math.max(1, issue.getSourceLocation().getLine()),
                issue.getSourceLocation().getColumn() + 1,
                message + hint);
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(
                List.of("model", "ancestor", "ancestors", "report", "lists", "like", "demands", "permits"));
        Stream.of(Vocabulary.MODEL, Vocabulary.ANCESTOR, Vocabulary.REPORT, Vocabulary.BASE)
                .flatMap(List::stream)
                .forEach(term -> words.add(term.name()));
        words.addAll(lists.keySet());
        return words;
    }

    private static Language language(StructType lists, LicenceTable licences, boolean aboutAncestors) {
        var builder = CelFactory.standardCelBuilder()
                .setOptions(CelOptions.current()
                        .comprehensionMaxIterations(MAX_ITERATIONS)
                        .maxExpressionCodePointSize(MAX_LENGTH)
                        .maxParseRecursionDepth(MAX_DEPTH)
                        .maxParseExpressionNodeCount(MAX_NODES)
                        .maxRegexProgramSize(MAX_REGEX_PROGRAM)
                        .enableHeterogeneousNumericComparisons(true)
                        .build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(new Types(ImmutableList.of(
                        Vocabulary.MODEL_TYPE,
                        Vocabulary.ANCESTOR_TYPE,
                        Vocabulary.REPORT_TYPE,
                        Vocabulary.BASE_TYPE,
                        lists)))
                .addVar("model", Vocabulary.MODEL_TYPE)
                .addVar("ancestors", ListType.create(Vocabulary.ANCESTOR_TYPE))
                .addVar("report", Vocabulary.REPORT_TYPE)
                .addVar("lists", lists)
                .setResultType(SimpleType.BOOL);
        addFunctions(builder, licences);
        if (aboutAncestors) {
            builder.addVar("ancestor", Vocabulary.ANCESTOR_TYPE);
        }
        Cel cel = builder.build();
        return new Language(
                cel,
                CelValidatorFactory.standardCelValidatorBuilder(cel)
                        .addAstValidators(
                                RegexLiteralValidator.INSTANCE,
                                TimestampLiteralValidator.INSTANCE,
                                DurationLiteralValidator.INSTANCE)
                        .build());
    }

    // A table of licences never changes, which its type does not tell.
    @SuppressWarnings("Immutable")
    private static void addFunctions(CelBuilder builder, LicenceTable licences) {
        builder.addFunctionDeclarations(
                        CelFunctionDecl.newFunctionDeclaration(
                                "like",
                                member("like_pattern", SimpleType.STRING),
                                member("like_patterns", ListType.create(SimpleType.STRING))),
                        CelFunctionDecl.newFunctionDeclaration("demands", member("demands_duty", SimpleType.STRING)),
                        CelFunctionDecl.newFunctionDeclaration("permits", member("permits_licence", SimpleType.STRING)))
                .addFunctionBindings(CelFunctionBinding.fromOverloads(
                        "like",
                        CelFunctionBinding.from("like_pattern", String.class, String.class, Conditions::isLike),
                        CelFunctionBinding.from("like_patterns", String.class, List.class, Conditions::isLikeAny)))
                .addFunctionBindings(CelFunctionBinding.fromOverloads(
                        "demands",
                        CelFunctionBinding.from("demands_duty", String.class, String.class, licences::demands)))
                .addFunctionBindings(CelFunctionBinding.fromOverloads(
                        "permits",
                        CelFunctionBinding.from(
                                "permits_licence",
                                String.class,
                                String.class,
                                (parent, derivative) -> licences.fit(parent, derivative) == Fit.ACCEPTABLE)));
    }

    private static CelOverloadDecl member(String id, CelType argument) {
        return CelOverloadDecl.newMemberOverload(id, SimpleType.BOOL, SimpleType.STRING, argument);
    }

    private static boolean isLike(String text, String pattern) {
        return NamePattern.of(pattern).matches(text);
    }

    private static boolean isLikeAny(String text, List<?> patterns) {
        return patterns.stream().anyMatch(pattern -> isLike(text, String.valueOf(pattern)));
    }

    private record Language(Cel cel, CelValidator validator) {}

    private record Types(ImmutableList<StructType> all) implements CelTypeProvider {

        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(all);
        }

        @Override
        public Optional<CelType> findType(String name) {
            return all.stream()
                    .filter(type -> type.name().equals(name))
                    .findFirst()
                    .map(type -> type);
        }
    }
}
