package dev.forebear.cli.scan;

import dev.forebear.checkpoint.Declarations;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.cli.fingerprint.LocalFingerprint;
import dev.forebear.schemas.ModelReference;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.FingerprintComparison.NotComparable;
import dev.forebear.signals.Judgement;
import dev.forebear.signals.PreparedFingerprint;
import dev.forebear.signals.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares a fingerprint with those of a folder, one by one. */
final class LocalScan {

    private final LocalFingerprint scanned;
    private final List<String> declaredBases;

    LocalScan(LocalFingerprint scanned, Declarations declarations) {
        this.scanned = scanned;
        this.declaredBases = declarations.statedNames();
    }

    ScanResult against(Path folder, References references) {
        var prepared = PreparedFingerprint.of(scanned.fingerprint());
        Map<String, Compared> compared = new LinkedHashMap<>();
        var notCompared = new ArrayList<>(references.unreadable());
        for (References.Known known : references.known()) {
            switch (prepared.compareTo(PreparedFingerprint.of(known.fingerprint()))) {
                case Compared comparison -> compared.put(known.name(), comparison);
                case NotComparable reason -> notCompared.add(known.name() + ": " + reason.why());
            }
        }
        return new ScanResult(
                scanned.location(),
                Checkpoints.name(scanned.location()),
                folder.toString(),
                matches(compared),
                compared.size(),
                notCompared);
    }

    private List<Match> matches(Map<String, Compared> compared) {
        var matches = new ArrayList<Match>();
        compared.forEach((name, comparison) -> {
            Judgement judgement = Judgement.judge(comparison, compared.size());
            if (judgement.verdict() != Verdict.NO_EVIDENCE) {
                matches.add(new Match(
                        name,
                        judgement.verdict(),
                        judgement.log10EValue(),
                        comparison.effectSize(),
                        isDeclared(name),
                        null));
            }
        });
        matches.sort(Match.STRONGEST_FIRST);
        return matches;
    }

    private boolean isDeclared(String name) {
        String model = name.replaceAll("\\.avro$", "");
        return declaredBases.stream().anyMatch(base -> ModelReference.of(base).means("", model));
    }
}
