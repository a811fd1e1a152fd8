package dev.forebear.benchmarks;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import dev.forebear.signals.Fingerprinter;
import dev.forebear.worker.FingerprintRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A large registry by numbers: bases first, then models of two versions each, which were made from a base, from another
 * model of the same base, or merged. A fifth of them descend from the first base. Made from a seed: always the same.
 */
final class GeneratedRegistry {

    static final int BASES = 200;

    /** The channel that alerts are owed to. */
    static final String CHANNEL = "soc";

    private static final int SECONDS_BETWEEN = 120;
    private static final List<String> REGISTRIES = List.of("internal", "research", "products", "partners", "mirror");
    private static final List<String> LICENCES =
            List.of("apache-2.0", "mit", "cc-by-nc-4.0", "llama3", "gemma", "openrail", "gpl-3.0", "other");
    private static final List<String> RULES = List.of(
            "undisclosed-ancestor", "disallowed-ancestor", "licence-conflict", "false-scratch-claim", "unsafe-file");
    private static final List<String> TEAMS = List.of("nlp", "vision", "speech", "search", "platform", "risk");

    private final int models;
    private final Instant begin;
    private final Fingerprint fingerprint;

    /** @param begin when the first model was uploaded */
    GeneratedRegistry(int models, Instant begin) throws IOException {
        this.models = models;
        this.begin = begin;
        try (var checkpoint = Checkpoint.open(new FolderStorage(Path.of("zoo", "base-a")))) {
            this.fingerprint = FingerprintRecords.wire(Fingerprinter.fingerprint(checkpoint));
        }
    }

    /** How long the uploads of so many models took. */
    static Duration duration(int models) {
        return Duration.ofSeconds((long) models * SECONDS_BETWEEN);
    }

    Instant begin() {
        return begin;
    }

    static String id(int number) {
        return modelId(number) + "@" + version(number);
    }

    static String modelId(int number) {
        return registry(number) + "/" + name(number);
    }

    ModelUploaded upload(int number) {
        return ModelUploaded.newBuilder()
                .setEventId("e" + number)
                .setModelVersionId(id(number))
                .setRegistry(registry(number))
                .setName(name(number))
                .setVersion(version(number))
                .setLocation("s3://models/" + name(number) + "/" + version(number) + "/")
                .setSender("mlflow")
                .setLane(Lane.INTERACTIVE)
                .setDeclaredBases(List.of())
                .setUploadedBy("trainer-" + number % 40)
                .setUploadedAt(at(number))
                .setReceivedAt(at(number).plusSeconds(1))
                .setCorrelationId("c" + number)
                .build();
    }

    ModelFingerprint fingerprint(int number) {
        boolean unreadable = number % 50 == 49;
        return ModelFingerprint.newBuilder()
                .setModelVersionId(id(number))
                .setRegistry(registry(number))
                .setName(name(number))
                .setVersion(version(number))
                .setLocation("s3://models/" + name(number) + "/" + version(number) + "/")
                .setUploadEventId("e" + number)
                .setFingerprint(unreadable ? null : fingerprint)
                .setNotAnalysed(
                        unreadable ? new NotAnalysed("malformed", "model.safetensors: expected a header") : null)
                .setDeclaredBases(List.of())
                .setLicence(licence(number))
                .setLane(Lane.INTERACTIVE)
                .setUploadedAt(at(number))
                .setFingerprintedAt(at(number).plusSeconds(2))
                .setBytesRead(248_700_000)
                .setRequests(1600)
                .setElapsedMillis(4100)
                .setCorrelationId("c" + number)
                .build();
    }

    LineageReport report(int number) {
        return LineageReport.newBuilder()
                .setReportId(id(number) + "#1")
                .setModelVersionId(id(number))
                .setRegistry(registry(number))
                .setName(name(number))
                .setVersion(version(number))
                .setLicence(licence(number))
                .setPurpose(QueryPurpose.UPLOAD)
                .setDeclaredBases(declared(number))
                .setMatches(matches(number))
                .setComparedModels(number)
                .setIncomparableModels(0)
                .setUploadedAt(at(number))
                .setReportedAt(at(number).plusSeconds(3))
                .setConfirmation(ConfirmationState.CONFIRMED)
                .setCorrelationId("c" + number)
                .build();
    }

    /** A report that names the first base alone, undeclared. */
    LineageReport reportOnCopy(int number) {
        return LineageReport.newBuilder(report(number))
                .setMatches(List.of(match(0, true, false)))
                .build();
    }

    static String alertId(int alert) {
        return "al_%016x".formatted(alert);
    }

    /** When an alert was opened. */
    Instant openedAt(int alert) {
        return at(derived(alert));
    }

    private int derived(int alert) {
        return BASES + (int) ((long) alert * (models - BASES) / 10_000);
    }

    LineageAlert alert(int alert) {
        int derived = derived(alert);
        int base = baseOf(derived);
        AlertState state = AlertState.values()[alert % 7 < 4 ? 0 : alert % 7 - 3];
        Severity severity = Severity.values()[alert % Severity.values().length];
        String rule = RULES.get(alert % RULES.size());
        return LineageAlert.newBuilder()
                .setAlertId(alertId(alert))
                .setRule(rule)
                .setSeverity(severity)
                .setState(state)
                .setDerivedModelId(modelId(derived))
                .setDerivedModelVersionId(id(derived))
                .setBaseModelId(modelId(base))
                .setBaseModelVersionId(id(base))
                .setVersions(List.of(new AlertVersion(id(derived), id(derived) + "#1", at(derived))))
                .setVerdict(Verdict.DERIVED)
                .setLog10EValue(-78.1)
                .setBaseLicence(licence(base))
                .setTeam(TEAMS.get(alert % TEAMS.size()))
                .setExposure("internal")
                .setTitle("Undisclosed ancestor: " + id(derived) + " descends from " + id(base))
                .setExplanation("The neuron rows of both models agree as independently trained models do not.")
                .setReportId(id(derived) + "#1")
                .setRevision(1)
                .setRevisedAt(at(derived))
                .setRoutes(state == AlertState.OPEN ? List.of(CHANNEL) : List.of())
                .setOpenedAt(at(derived))
                .setUpdatedAt(at(derived))
                .setCorrelationId("c" + derived)
                .build();
    }

    /** A third declares its parent, and a seventh a base that the weights refute. */
    private List<DeclaredBase> declared(int number) {
        if (number < BASES || number % 3 != 0 && number % 7 != 0) {
            return List.of();
        }
        int base = number % 3 == 0 ? parentOf(number) : (baseOf(number) + 11) % BASES;
        return List.of(new DeclaredBase(name(base), "finetune", "model-card", DeclarationStrength.STATED, null));
    }

    private List<LineageMatch> matches(int number) {
        if (number < BASES || number % 9 == 0) {
            return List.of();
        }
        List<LineageMatch> matches = new ArrayList<>();
        int parent = parentOf(number);
        matches.add(match(parent, true, number % 3 == 0));
        if (parent != baseOf(number)) {
            matches.add(match(baseOf(number), false, false));
        }
        if (number % 10 == 0) {
            matches.add(match((number + 7) % BASES, true, false));
        }
        return matches;
    }

    private LineageMatch match(int base, boolean parent, boolean declared) {
        return LineageMatch.newBuilder()
                .setModelVersionId(id(base))
                .setRegistry(registry(base))
                .setName(name(base))
                .setVersion(version(base))
                .setLicence(licence(base))
                .setVerdict(Verdict.DERIVED)
                .setBasis(EvidenceBasis.EXACT)
                .setDeclared(declared)
                .setNearest(parent)
                .setParent(parent)
                .setRelation(parent ? new LineageRelation("fine-tuned", "", List.of()) : null)
                .setUploadedAt(at(base))
                .setLog10EValue(-78.1)
                .setEffectSize(0.97)
                .setSummary("Derived from " + id(base) + ": about 1 in 10^78 such matches by chance.")
                .setEvidence(List.of())
                .setPeerSimilarities(List.of())
                .build();
    }

    /** A fifth descends from the first base, the others in equal parts from the rest. */
    private static int baseOf(int number) {
        return number % 5 == 0 ? 0 : 1 + number % (BASES - 1);
    }

    /** The base itself for a third; otherwise an earlier model of the same base: chains of many steps. */
    private static int parentOf(int number) {
        int earlier = number - 5 * (BASES - 1) * (1 + new Random(number).nextInt(3));
        return number % 3 == 0 || earlier < BASES || earlier % 9 == 0 ? baseOf(number) : earlier;
    }

    private Instant at(int number) {
        return begin.plusSeconds((long) number * SECONDS_BETWEEN);
    }

    private static String registry(int number) {
        return number < BASES ? "hub" : REGISTRIES.get(number / 2 % REGISTRIES.size());
    }

    private static String name(int number) {
        return number < BASES
                ? "publisher-" + number % 30 + "/base-" + number
                : TEAMS.get(number / 2 % TEAMS.size()) + "/model-" + number / 2;
    }

    private static String version(int number) {
        return number < BASES ? "main" : "v" + (1 + number % 2);
    }

    private static String licence(int number) {
        return LICENCES.get(number * 31 % LICENCES.size());
    }
}
