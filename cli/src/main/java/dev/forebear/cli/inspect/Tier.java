package dev.forebear.cli.inspect;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.plan.ReadPlan;
import dev.forebear.signals.Confirmation;
import dev.forebear.signals.Fingerprinter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one of the two tiers of matching reads of the weights.
 *
 * @param number 1 for what every model costs, 2 for what comes on top for each pair that is confirmed
 */
record Tier(int number, String name, ReadPlan plan) {

    /** Of weights that cannot be fingerprinted none, and no second tier of those whose roles are not recognised. */
    static List<Tier> of(Checkpoint checkpoint) throws IOException {
        var tiers = new ArrayList<Tier>();
        try {
            tiers.add(new Tier(1, "fingerprint", Fingerprinter.plan(checkpoint)));
            tiers.add(new Tier(2, "confirmation", Confirmation.plan(checkpoint)));
        } catch (CheckpointException toldAsAProblem) {
            return List.copyOf(tiers);
        }
        return List.copyOf(tiers);
    }
}
