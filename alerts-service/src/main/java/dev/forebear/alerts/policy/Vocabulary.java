package dev.forebear.alerts.policy;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.cel.common.types.SimpleType.TIMESTAMP;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.StructType;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.SignatureCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The words of conditions: what they may ask of a model, its ancestors and the report, with types. */
final class Vocabulary {

    static final List<Term<DeclaredBase>> BASE = List.of(
            term("name", STRING, "as declared", DeclaredBase::getName),
            term(
                    "relation",
                    STRING,
                    "as declared: adapter, merge, quantized, finetune",
                    base -> text(base.getRelation())),
            term("source", STRING, "where it was declared, for example model-card", DeclaredBase::getSource),
            term("strength", STRING, "stated, hint or attested", base -> word(base.getStrength())));

    private static final Map<String, Term<DeclaredBase>> BASE_BY_NAME = Facts.byName(BASE);

    static final StructType BASE_TYPE = struct("a declared base", BASE);

    static final List<Term<Dossier>> MODEL = List.of(
            told("id", STRING, "model version id: internal/helios-7b@v4", LineageReport::getModelVersionId),
            told("name", STRING, "name in its registry", LineageReport::getName),
            told("registry", STRING, "alias of its registry", LineageReport::getRegistry),
            told("version", STRING, "version in its registry", LineageReport::getVersion),
            term("licence", STRING, "id of the licence that it declares", Dossier::licence),
            placed("team", "from the section models", Placement::team),
            placed(
                    "exposure",
                    "internal, product or published",
                    placement -> placement.exposure().word()),
            placed("owner", "from the section models", Placement::owner),
            known("visibility", "public or private, where the registry tells", Subject::visibility),
            known("uploader", "who uploaded it, as the registry says", Subject::uploadedBy),
            told("uploadedAt", TIMESTAMP, "when it was uploaded", LineageReport::getUploadedAt),
            told("analysed", BOOL, "whether its lineage can be told", report -> report.getNotAnalysed() == null),
            told("notAnalysedReason", STRING, "why not, in one word", report -> reason(report.getNotAnalysed())),
            told("signature", STRING, "consistent, tampered, unreadable or unsupported", Vocabulary::signature),
            term(
                    "family",
                    STRING,
                    "family that its name belongs to",
                    model -> text(model.origin().family())),
            term(
                    "publisher",
                    STRING,
                    "publisher by its name",
                    model -> text(model.origin().publisher())),
            told("bases", ListType.create(BASE_TYPE), "the bases that it declares", Vocabulary::bases),
            term(
                    "claimsFromScratch",
                    BOOL,
                    "whether it says that it was trained from scratch",
                    Dossier::claimsFromScratch));

    static final List<Term<Sighting>> ANCESTOR = List.of(
            found("id", STRING, "model version id: hub/quarry-ai/basalt-7b@main", LineageMatch::getModelVersionId),
            found("name", STRING, "name in its registry", LineageMatch::getName),
            found("registry", STRING, "alias of its registry", LineageMatch::getRegistry),
            found("version", STRING, "version in its registry", LineageMatch::getVersion),
            term("licence", STRING, "id of its licence", seen -> seen.dossier.licence(seen.ancestor)),
            from("family", "family that its name belongs to", Origin::family),
            from("publisher", "publisher by its name", Origin::publisher),
            from("country", "of the publisher, two letters", Origin::country),
            found("verdict", STRING, "same-weights, derived, shares-an-ancestor, …", match -> word(match.getVerdict())),
            found("proven", BOOL, "whether the weights prove the descent", Proof::isProven),
            found("declared", BOOL, "whether the model below it declares it", LineageMatch::getDeclared),
            found("nearest", BOOL, "whether the report names it first", LineageMatch::getNearest),
            found("parent", BOOL, "whether the model below it was made from it directly", LineageMatch::getParent),
            term(
                    "remote",
                    BOOL,
                    "whether no steps lead to it: perhaps a relative on another branch",
                    seen -> seen.ancestor.way() == Ancestor.Way.REMOTE),
            term(
                    "direct",
                    BOOL,
                    "whether the report on the model itself names it",
                    seen -> seen.ancestor.through() == null),
            term("depth", INT, "steps to it, 1 for a parent", seen -> (long) seen.ancestor.depth()),
            found(
                    "relation",
                    STRING,
                    "what was done: fine-tuned, quantised, merged, …",
                    match -> kind(match.getRelation())),
            found(
                    "mergeWeight",
                    DOUBLE,
                    "share in a merge, 0 to 1; 0.0 when not known",
                    match -> Objects.requireNonNullElse(match.getMergeWeight(), 0.0)),
            found(
                    "log10EValue",
                    DOUBLE,
                    "log10 of the number of such matches expected by chance",
                    LineageMatch::getLog10EValue),
            found("basis", STRING, "what that rests on: exact, empirical, declared", match -> word(match.getBasis())),
            term(
                    "sameModel",
                    BOOL,
                    "whether it is another version of the model itself",
                    seen -> Proof.isSameModel(seen.dossier.report(), seen.ancestor.match())),
            found("uploadedAt", TIMESTAMP, "when it was uploaded", LineageMatch::getUploadedAt));

    static final List<Term<Dossier>> REPORT = List.of(
            told("id", STRING, "of the report", LineageReport::getReportId),
            told("purpose", STRING, "upload or revision", report -> word(report.getPurpose())),
            told("confirmation", STRING, "not-needed, confirmed or failed", report -> word(report.getConfirmation())),
            told("comparedModels", INT, "fingerprints that it was compared with", LineageReport::getComparedModels),
            told(
                    "incomparableModels",
                    INT,
                    "models that it could not be compared with",
                    LineageReport::getIncomparableModels),
            told("matches", INT, "models that the report names", report ->
                    (long) report.getMatches().size()),
            told("at", TIMESTAMP, "when it was made", LineageReport::getReportedAt));

    static final StructType MODEL_TYPE = struct("a model", MODEL);
    static final StructType ANCESTOR_TYPE = struct("an ancestor", ANCESTOR);
    static final StructType REPORT_TYPE = struct("a report", REPORT);

    private static final Map<String, Term<Dossier>> MODEL_BY_NAME = Facts.byName(MODEL);
    private static final Map<String, Term<Sighting>> ANCESTOR_BY_NAME = Facts.byName(ANCESTOR);
    private static final Map<String, Term<Dossier>> REPORT_BY_NAME = Facts.byName(REPORT);

    private Vocabulary() {}

    /** An ancestor as the rules of one model see it. */
    record Sighting(Dossier dossier, Ancestor ancestor) {}

    /** The variables that do not depend on which ancestor is looked at: model, ancestors, report. */
    static Map<String, Object> variables(Dossier dossier) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("model", new Facts<>(MODEL_BY_NAME, dossier));
        variables.put("report", new Facts<>(REPORT_BY_NAME, dossier));
        variables.put(
                "ancestors",
                dossier.subject().ancestors().stream()
                        .map(ancestor -> facts(dossier, ancestor))
                        .toList());
        return variables;
    }

    static Object facts(Dossier dossier, Ancestor ancestor) {
        return new Facts<>(ANCESTOR_BY_NAME, new Sighting(dossier, ancestor));
    }

    /** Names with a space cannot be written in a condition, so nobody can make such a thing there. */
    static StructType struct(String name, List<? extends Term<?>> terms) {
        ImmutableMap<String, CelType> types =
                terms.stream().collect(ImmutableMap.toImmutableMap(Term::name, Term::type));
        return StructType.create(name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
    }

    private static <T> Term<T> term(String name, CelType type, String meaning, Function<T, Object> value) {
        return new Term<>(name, type, meaning, value);
    }

    /** What the report says of the model. */
    private static Term<Dossier> told(
            String name, CelType type, String meaning, Function<LineageReport, Object> value) {
        return term(name, type, meaning, model -> value.apply(model.report()));
    }

    /** What is known of the model beside its report. */
    private static Term<Dossier> known(String name, String meaning, Function<Subject, @Nullable String> value) {
        return term(name, STRING, meaning, model -> text(value.apply(model.subject())));
    }

    /** What the policy says of the model. */
    private static Term<Dossier> placed(String name, String meaning, Function<Placement, @Nullable String> value) {
        return term(name, STRING, meaning, model -> text(value.apply(model.placement())));
    }

    /** What the report says of the ancestor. */
    private static Term<Sighting> found(
            String name, CelType type, String meaning, Function<LineageMatch, Object> value) {
        return term(name, type, meaning, seen -> value.apply(seen.ancestor.match()));
    }

    /** What the name of the ancestor says. */
    private static Term<Sighting> from(String name, String meaning, Function<Origin, @Nullable String> value) {
        return term(name, STRING, meaning, seen -> text(value.apply(seen.dossier.origin(seen.ancestor))));
    }

    private static Object bases(LineageReport report) {
        return report.getDeclaredBases().stream()
                .map(base -> new Facts<>(BASE_BY_NAME, base))
                .toList();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String kind(@Nullable LineageRelation relation) {
        return relation == null ? "" : relation.getKind();
    }

    private static String reason(@Nullable NotAnalysed why) {
        return why == null ? "" : why.getReason();
    }

    private static String signature(LineageReport report) {
        SignatureCheck signature = report.getSignature();
        return signature == null ? "" : word(signature.getState());
    }
}
