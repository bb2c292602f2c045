package io.pagestream.cases.store;

import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for consecutive pages of an image, in the words of {@code verdicts.jsonl}.
 *
 * @param physicalAddress physical address of the first page, in bytes
 * @param pageCount pages
 * @param content what the pages hold: bytes, zeros, nothing
 * @param verdict the decision
 * @param profile profile whose table decided
 * @param row number of the row that decided
 * @param reason why it is not mapped as requested; empty if it is
 * @param requested cache type that was asked for
 * @param established cache type that the pages already had
 * @param granted cache type that was granted
 * @param rangeKind kind of the range
 * @param provenance who says so
 * @param hazards dangers though the verdict stands
 * @param mappings how often page tables map the pages; null without page tables
 * @param cacheTypes cache types of these mappings
 * @param largePage whether a large page maps them
 * @param pagingStructure whether they are page tables themselves
 * @param alias two mappings of different types as a JSON object; null where there are none
 * @param shapeMappings further mappings under roots that were found only by their shape
 * @param shapeCacheTypes cache types of these mappings
 * @param shapeLargePage whether one of these is a large page
 * @param shapePagingStructure whether the pages are what these roots take for page tables
 * @param notAnalyzed why no analyzer saw them; null if one did, or they are known to be zero
 */
public record VerdictRow(
    long physicalAddress,
    long pageCount,
    String content,
    String verdict,
    String profile,
    int row,
    String reason,
    String requested,
    String established,
    String granted,
    String rangeKind,
    String provenance,
    List<String> hazards,
    @Nullable Integer mappings,
    List<String> cacheTypes,
    boolean largePage,
    boolean pagingStructure,
    @Nullable String alias,
    int shapeMappings,
    List<String> shapeCacheTypes,
    boolean shapeLargePage,
    boolean shapePagingStructure,
    @Nullable String notAnalyzed) {
  /** Copies its lists. */
  public VerdictRow {
    hazards = List.copyOf(hazards);
    cacheTypes = List.copyOf(cacheTypes);
    shapeCacheTypes = List.copyOf(shapeCacheTypes);
  }

  void append(String imageId, DuckDBAppender appender) throws SQLException {
    appender.beginRow();
    appender.append(imageId);
    appender.append(physicalAddress);
    appender.append(pageCount);
    appender.append(content);
    appender.append(verdict);
    appender.append(profile);
    appender.append(row);
    appender.append(reason);
    appender.append(requested);
    appender.append(established);
    appender.append(granted);
    appender.append(rangeKind);
    appender.append(provenance);
    appender.append(hazards);
    appender.append(mappings);
    appender.append(cacheTypes);
    appender.append(largePage);
    appender.append(pagingStructure);
    appender.append(alias);
    appender.append(shapeMappings);
    appender.append(shapeCacheTypes);
    appender.append(shapeLargePage);
    appender.append(shapePagingStructure);
    appender.append(notAnalyzed);
    appender.endRow();
  }
}
