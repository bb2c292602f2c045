package io.pagestream.cases.explain;

/**
 * A row of a decision table in {@code docs/cache-policy.md}.
 *
 * @param profile the table's profile; empty for the additional rows of Pagestream that apply to
 *     every profile
 * @param condition the condition of the row, in words
 * @param verdict the verdict
 * @param granted the granted cache type
 * @param source the source of the row, or its reason
 */
public record PolicyRow(
    String profile, String condition, String verdict, String granted, String source) {}
