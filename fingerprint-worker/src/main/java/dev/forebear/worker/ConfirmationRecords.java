package dev.forebear.worker;

import dev.forebear.schemas.wire.ComponentChange;
import dev.forebear.schemas.wire.ConfirmedRelative;
import dev.forebear.schemas.wire.DirectionCertainty;
import dev.forebear.schemas.wire.Evidence;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LayerAgreement;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageDirection;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.Verdict;
import dev.forebear.signals.confirmation.LayerMatrix;
import dev.forebear.signals.relation.Ancestry;
import dev.forebear.signals.relation.Ancestry.Kin;
import dev.forebear.signals.relation.Ancestry.Lineage;
import dev.forebear.signals.relation.Direction;
import dev.forebear.signals.relation.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An ancestry as it travels. */
final class ConfirmationRecords {

    /** Larger pictures and tables show a person nothing and would fill the record. */
    private static final int MOST_LAYERS = 64;

    private static final int MOST_COMPONENTS = 512;

    private ConfirmationRecords() {}

    /** @param relatives the earlier models of the ancestry, in its order */
    static List<ConfirmedRelative> relatives(Ancestry ancestry, List<LineageCandidate> relatives) {
        List<ConfirmedRelative> found = new ArrayList<>();
        for (int i = 0; i < relatives.size(); i++) {
            int number = i;
            Optional<Lineage> lineage = ancestry.lineage().stream()
                    .filter(one -> one.parent().index() == number)
                    .findFirst();
            found.add(relative(ancestry.kin().get(i), lineage, relatives.get(i)));
        }
        return found;
    }

    private static ConfirmedRelative relative(Kin kin, Optional<Lineage> lineage, LineageCandidate relative) {
        var compared = kin.compared().compared();
        var judgement = kin.judgement();
        return ConfirmedRelative.newBuilder()
                .setModelVersionId(relative.getModelVersionId())
                .setVerdict(Verdict.valueOf(judgement.verdict().name()))
                .setBasis(EvidenceBasis.valueOf(judgement.basis().name()))
                .setLog10EValue(judgement.log10EValue())
                .setEffectSize(compared.effectSize())
                .setParent(lineage.isPresent())
                .setMergeWeight(lineage.map(one -> one.parent().weight())
                        .filter(weight -> !weight.isNaN())
                        .orElse(null))
                .setRelation(lineage.map(one -> relation(one.relation())).orElse(null))
                .setDirection(lineage.map(one -> direction(one.direction())).orElse(null))
                .setLayerAgreement(layers(kin.compared().layers()))
                .setSummary(summary(relative.getModelVersionId(), kin.explanation()))
                .setEvidence(compared.evidence().stream()
                        .map(ConfirmationRecords::evidence)
                        .toList())
                .setNotComparable(kin.compared().notComparable())
                .build();
    }

    private static String summary(String relative, String explanation) {
        return Wording.oneLine(relative + ": " + explanation + ".");
    }

    private static LineageRelation relation(Relation relation) {
        return new LineageRelation(
                relation.kind().id(),
                relation.detail(),
                relation.components().stream()
                        .limit(MOST_COMPONENTS)
                        .map(change -> new ComponentChange(
                                change.layer(),
                                change.baseLayer(),
                                change.component(),
                                change.similarity(),
                                change.relativeChange(),
                                change.shareEqual(),
                                change.fate().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    /** The relative is the first of the two and was uploaded before. */
    private static LineageDirection direction(Direction direction) {
        return new LineageDirection(
                DirectionCertainty.valueOf(direction.certainty().name()),
                direction.base() == Direction.Base.SECOND,
                direction.reason());
    }

    /** Of the derived model, the second of the comparison, the rows. */
    private static @Nullable LayerAgreement layers(@Nullable LayerMatrix matrix) {
        if (matrix == null || matrix.z().length == 0) {
            return null;
        }
        int bases = matrix.z().length;
        int layers = matrix.z()[0].length;
        if (Math.max(bases, layers) > MOST_LAYERS) {
            return null;
        }
        List<Float> z = new ArrayList<>(bases * layers);
        for (int layer = 0; layer < layers; layer++) {
            for (int base = 0; base < bases; base++) {
                z.add((float) matrix.z()[base][layer]);
            }
        }
        return new LayerAgreement(layers, bases, z);
    }

    private static Evidence evidence(dev.forebear.signals.evidence.Evidence evidence) {
        return new Evidence(
                evidence.signal(),
                evidence.statistic(),
                evidence.value(),
                evidence.nullMean(),
                evidence.nullDeviation(),
                evidence.log10PValue(),
                evidence.log10ExactBound(),
                evidence.assumption());
    }
}
