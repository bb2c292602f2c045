package io.pagestream.cases.explain;

/**
 * A row of a decision table, as {@code docs/cache-policy.md} has it.
 *
 * @param profile the table's profile; empty for rows that are the reader's own in every profile
 * @param condition when it decides, in words
 * @param verdict what it decides
 * @param granted type that it grants
 * @param source where it comes from, or why it is there
 */
public record PolicyRow(
    String profile, String condition, String verdict, String granted, String source) {}
