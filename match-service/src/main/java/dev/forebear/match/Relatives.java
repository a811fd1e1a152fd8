package dev.forebear.match;

import java.util.List;

/**
 * What a search of one shard found.
 *
 * @param compared models of the shard that were comparable
 * @param incomparable models of the shard that were not
 */
record Relatives(List<Relative<IndexedModel>> found, long compared, long incomparable) {

    /** Those worth sending to the judge. */
    List<Relative<IndexedModel>> best(IndexedModel asked) {
        return ReportRoom.of(asked.kinship(), found);
    }
}
