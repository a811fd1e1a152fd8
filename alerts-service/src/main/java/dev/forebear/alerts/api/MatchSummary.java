package dev.forebear.alerts.api;

import dev.forebear.alerts.policy.Chance;
import dev.forebear.schemas.wire.LineageMatch;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A match without its evidence. */
record MatchSummary(
        String modelVersionId,
        @Nullable String licence,
        String verdict,
        boolean declared,
        boolean nearest,
        boolean parent,
        @Nullable Double mergeWeight,
        @Nullable String kind,
        @Nullable String detail,
        String basis,
        @Nullable Double log10EValue,
        String chance) {
    static MatchSummary of(LineageMatch match) {
        return new MatchSummary(
                match.getModelVersionId(),
                match.getLicence(),
                Json.word(match.getVerdict()),
                match.getDeclared(),
                match.getNearest(),
                match.getParent(),
                match.getMergeWeight(),
                match.getRelation() == null ? null : match.getRelation().getKind(),
                match.getRelation() == null ? null : match.getRelation().getDetail(),
                Json.word(match.getBasis()),
                Json.number(match.getLog10EValue()),
                Chance.words(match.getLog10EValue()));
    }

    /** Columns of a match, named so that they stand beside those of a model version. */
    static final String COLUMNS = """
        match.base_id, match.base_licence, match.verdict, match.declared, match.nearest, match.parent, \
        match.merge_weight, match.relation, match.relation_detail, match.basis, match.log10_e_value\
        """;

    /** Null when there is none. */
    static @Nullable MatchSummary of(Row row) throws SQLException {
        String base = row.textOrNull("base_id");
        return base == null
                ? null
                : new MatchSummary(
                        base,
                        row.textOrNull("base_licence"),
                        row.text("verdict"),
                        row.flag("declared"),
                        row.flag("nearest"),
                        row.flag("parent"),
                        row.decimalOrNull("merge_weight"),
                        row.textOrNull("relation"),
                        row.textOrNull("relation_detail"),
                        row.text("basis"),
                        row.decimalOrNull("log10_e_value"),
                        Chance.words(row.decimal("log10_e_value")));
    }
}
