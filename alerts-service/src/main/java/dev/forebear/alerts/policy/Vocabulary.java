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
import dev.forebear.schemas.wire.NotAnalysed;
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
            term(
                    "id",
                    STRING,
                    "model version id: internal/helios-7b@v4",
                    of -> of.report().getModelVersionId()),
            term("name", STRING, "name in its registry", of -> of.report().getName()),
            term("registry", STRING, "alias of its registry", of -> of.report().getRegistry()),
            term("version", STRING, "version in its registry", of -> of.report().getVersion()),
            term("licence", STRING, "id of the licence that it declares", Dossier::licence),
            term(
                    "team",
                    STRING,
                    "from the section models",
                    of -> text(of.placement().team())),
            term(
                    "exposure",
                    STRING,
                    "internal, product or published",
                    of -> of.placement().exposure().word()),
            term(
                    "owner",
                    STRING,
                    "from the section models",
                    of -> text(of.placement().owner())),
            term(
                    "visibility",
                    STRING,
                    "public or private, where the registry tells",
                    of -> text(of.subject().visibility())),
            term(
                    "uploader",
                    STRING,
                    "who uploaded it, as the registry says",
                    of -> text(of.subject().uploadedBy())),
            term(
                    "uploadedAt",
                    TIMESTAMP,
                    "when it was uploaded",
                    of -> of.report().getUploadedAt()),
            term(
                    "analysed",
                    BOOL,
                    "whether its lineage can be told",
                    of -> of.report().getNotAnalysed() == null),
            term(
                    "notAnalysedReason",
                    STRING,
                    "why not, in one word",
                    of -> reason(of.report().getNotAnalysed())),
            term(
                    "family",
                    STRING,
                    "family that its name belongs to",
                    of -> text(of.origin().family())),
            term(
                    "publisher",
                    STRING,
                    "publisher by its name",
                    of -> text(of.origin().publisher())),
            term(
                    "bases",
                    ListType.create(BASE_TYPE),
                    "the bases that it declares",
                    of -> of.report().getDeclaredBases().stream()
                            .map(base -> new Facts<>(BASE_BY_NAME, base))
                            .toList()),
            term(
                    "claimsFromScratch",
                    BOOL,
                    "whether it says that it was trained from scratch",
                    Dossier::claimsFromScratch));

    static final List<Term<Sighting>> ANCESTOR = List.of(
            term(
                    "id",
                    STRING,
                    "model version id: hub/quarry-ai/basalt-7b@main",
                    of -> of.match().getModelVersionId()),
            term("name", STRING, "name in its registry", of -> of.match().getName()),
            term("registry", STRING, "alias of its registry", of -> of.match().getRegistry()),
            term("version", STRING, "version in its registry", of -> of.match().getVersion()),
            term("licence", STRING, "id of its licence", of -> of.dossier().licence(of.ancestor())),
            term(
                    "family",
                    STRING,
                    "family that its name belongs to",
                    of -> text(of.origin().family())),
            term(
                    "publisher",
                    STRING,
                    "publisher by its name",
                    of -> text(of.origin().publisher())),
            term(
                    "country",
                    STRING,
                    "of the publisher, two letters",
                    of -> text(of.origin().country())),
            term(
                    "verdict",
                    STRING,
                    "same-weights, derived, shares-an-ancestor, …",
                    of -> word(of.match().getVerdict())),
            term("proven", BOOL, "whether the weights prove the descent", of -> Proof.isProven(of.match())),
            term(
                    "declared",
                    BOOL,
                    "whether the model below it declares it",
                    of -> of.match().getDeclared()),
            term(
                    "nearest",
                    BOOL,
                    "whether the report names it first",
                    of -> of.match().getNearest()),
            term(
                    "parent",
                    BOOL,
                    "whether the model below it was made from it directly",
                    of -> of.match().getParent()),
            term(
                    "remote",
                    BOOL,
                    "whether no steps lead to it: perhaps a relative on another branch",
                    of -> of.ancestor().way() == Ancestor.Way.REMOTE),
            term(
                    "direct",
                    BOOL,
                    "whether the report on the model itself names it",
                    of -> of.ancestor().through() == null),
            term("depth", INT, "steps to it, 1 for a parent", of ->
                    (long) of.ancestor().depth()),
            term(
                    "relation",
                    STRING,
                    "what was done: fine-tuned, quantised, merged, …",
                    of -> kind(of.match().getRelation())),
            term(
                    "mergeWeight",
                    DOUBLE,
                    "share in a merge, 0 to 1; 0.0 when not known",
                    of -> Objects.requireNonNullElse(of.match().getMergeWeight(), 0.0)),
            term(
                    "log10EValue",
                    DOUBLE,
                    "log10 of the number of such matches expected by chance",
                    of -> of.match().getLog10EValue()),
            term(
                    "basis",
                    STRING,
                    "what that rests on: exact, empirical, declared",
                    of -> word(of.match().getBasis())),
            term(
                    "sameModel",
                    BOOL,
                    "whether it is another version of the model itself",
                    of -> Proof.isSameModel(of.dossier().report(), of.match())),
            term(
                    "uploadedAt",
                    TIMESTAMP,
                    "when it was uploaded",
                    of -> of.match().getUploadedAt()));

    static final List<Term<Dossier>> REPORT = List.of(
            term("id", STRING, "of the report", of -> of.report().getReportId()),
            term("purpose", STRING, "upload or revision", of -> word(of.report().getPurpose())),
            term(
                    "confirmation",
                    STRING,
                    "not-needed, confirmed or failed",
                    of -> word(of.report().getConfirmation())),
            term(
                    "comparedModels",
                    INT,
                    "fingerprints that it was compared with",
                    of -> of.report().getComparedModels()),
            term(
                    "incomparableModels",
                    INT,
                    "models that it could not be compared with",
                    of -> of.report().getIncomparableModels()),
            term("matches", INT, "models that the report names", of ->
                    (long) of.report().getMatches().size()),
            term("at", TIMESTAMP, "when it was made", of -> of.report().getReportedAt()));

    static final StructType MODEL_TYPE = struct("a model", MODEL);
    static final StructType ANCESTOR_TYPE = struct("an ancestor", ANCESTOR);
    static final StructType REPORT_TYPE = struct("a report", REPORT);

    private static final Map<String, Term<Dossier>> MODEL_BY_NAME = Facts.byName(MODEL);
    private static final Map<String, Term<Sighting>> ANCESTOR_BY_NAME = Facts.byName(ANCESTOR);
    private static final Map<String, Term<Dossier>> REPORT_BY_NAME = Facts.byName(REPORT);

    private Vocabulary() {}

    /** An ancestor as the rules of one model see it. */
    record Sighting(Dossier dossier, Ancestor ancestor) {

        LineageMatch match() {
            return ancestor.match();
        }

        Origin origin() {
            return dossier.origin(ancestor);
        }
    }

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
}
