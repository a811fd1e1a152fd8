package dev.forebear.signals.laundered;

import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;

/** Rows that say how one unit reads and writes the residual stream, in coordinates of some kind; empty without it. */
interface UnitRows {

    /** Of a projection that reads: one row for each of its outputs. */
    double[][] reading(Unit unit, Projection projection) throws IOException;

    /** Of a projection that writes: one row for each of its inputs. */
    double[][] writing(Unit unit, Projection projection) throws IOException;
}
