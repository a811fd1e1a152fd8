package dev.forebear.checkpoint.naming;

import java.util.List;

/**
 * Names of a sequence of equal blocks. Where several names are given, a block has the first that is present.
 *
 * @param blocks prefix of a block, %d its index
 * @param attentionNorms norm that feeds, or follows, attention
 * @param mlpNorms norm that feeds, or follows, the MLP; the one of attention again where both read the same
 * @param attentions names of the attention projections
 * @param mlps names of the MLP projections
 */
record Stack(
        String blocks,
        List<String> attentionNorms,
        List<String> mlpNorms,
        List<AttentionNames> attentions,
        List<MlpNames> mlps) {

    Stack {
        attentionNorms = List.copyOf(attentionNorms);
        mlpNorms = List.copyOf(mlpNorms);
        attentions = List.copyOf(attentions);
        mlps = List.copyOf(mlps);
    }
}
