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
import java.util.ArrayList;
import java.util.List;

/** Compares a fingerprint with known ones, one by one. */
final class LocalScan {

    private final LocalFingerprint scanned;
    private final PreparedFingerprint prepared;
    private final List<String> declaredBases;
    private final List<Pair> compared = new ArrayList<>();
    private final List<String> notCompared = new ArrayList<>();
    private final List<Resemblance> resemblances = new ArrayList<>();

    LocalScan(LocalFingerprint scanned, Declarations declarations) {
        this.scanned = scanned;
        this.prepared = PreparedFingerprint.of(scanned.fingerprint());
        this.declaredBases = declarations.statedNames();
    }

    private record Pair(Known known, Compared comparison) {}

    void compareWith(Known known) {
        switch (prepared.compareTo(PreparedFingerprint.of(known.fingerprint()))) {
            case Compared comparison -> compared.add(new Pair(known, comparison));
            case NotComparable reason -> notCompared.add(known.name() + ": " + reason.why());
        }
    }

    void resembles(Resemblance resemblance) {
        resemblances.add(resemblance);
    }

    /** One line for a model, or more, that could not be compared. */
    void notCompared(String line) {
        notCompared.add(line);
    }

    /** @param against where the known models are, in words */
    ScanResult result(String against) {
        return new ScanResult(
                scanned.location(),
                Checkpoints.name(scanned.location()),
                against,
                matches(),
                compared.size(),
                notCompared,
                resemblances.stream().sorted(Resemblance.HIGHEST_FIRST).toList());
    }

    private List<Match> matches() {
        var matches = new ArrayList<Match>();
        for (Pair pair : compared) {
            Judgement judgement = Judgement.judge(pair.comparison(), compared.size());
            if (judgement.verdict() != Verdict.NO_EVIDENCE) {
                matches.add(new Match(
                        pair.known().name(),
                        judgement.verdict(),
                        judgement.log10EValue(),
                        pair.comparison().effectSize(),
                        isDeclared(pair.known()),
                        pair.known().licence()));
            }
        }
        matches.sort(Match.STRONGEST_FIRST);
        return matches;
    }

    private boolean isDeclared(Known known) {
        return declaredBases.stream()
                .map(ModelReference::of)
                .anyMatch(base -> known.names().stream().anyMatch(name -> base.means("", name)));
    }
}
