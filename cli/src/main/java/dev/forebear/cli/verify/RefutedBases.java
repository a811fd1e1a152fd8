package dev.forebear.cli.verify;

import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Declared bases that were there to be compared with, and that a report does not name at all: not even as a relative.
 * The page of a running instance finds the same in its tables.
 */
final class RefutedBases {

    /** Larger or smaller by so much is another kind of model. */
    private static final int SAME_SIZE = 4;

    /** Models that were there. */
    interface Known {

        /** Whether one was that is meant by its whole name, and is of about the size of the model. */
        boolean has(ModelReference reference) throws IOException, InterruptedException;
    }

    private RefutedBases() {}

    /** As declared; none as long as one declared base is proven, or nothing is. */
    static Set<String> of(LineageReport report, Known known) throws IOException, InterruptedException {
        List<LineageMatch> proven =
                report.getMatches().stream().filter(Ascent::isProven).toList();
        if (report.getNotAnalysed() != null
                || proven.isEmpty()
                || proven.stream().anyMatch(LineageMatch::getDeclared)) {
            return Set.of();
        }
        Set<String> refuted = new HashSet<>();
        for (DeclaredBase base : report.getDeclaredBases()) {
            ModelReference reference = ModelReference.of(base.getName());
            if (base.getStrength() != DeclarationStrength.HINT
                    && !isNamed(reference, report.getMatches())
                    && known.has(reference)) {
                refuted.add(base.getName());
            }
        }
        return refuted;
    }

    /** Whether two numbers of parameters are those of models of about the same size. */
    static boolean areOfOneSize(long parameters, long others) {
        return others >= parameters / SAME_SIZE && others / SAME_SIZE <= parameters;
    }

    private static boolean isNamed(ModelReference reference, List<LineageMatch> matches) {
        return matches.stream().anyMatch(match -> reference.means(match.getRegistry(), match.getName()));
    }
}
