package io.pagestream.mapper.call;

import io.pagestream.mapper.policy.Verdict;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The answer for a call.
 *
 * @param number number of the call in its sequence, from 1
 * @param call the call
 * @param problem why the call fails regardless of its pages; empty if it does not
 * @param runs its pages, in order
 * @param instead calls that are granted with the types that they request
 */
public record CallResult(
    int number, MappingCall call, Optional<String> problem, List<Run> runs, List<Advice> instead) {
  /** Row of the profiles' tables for calls that are refused regardless of their pages. */
  public static final int INVALID_ROW = 0;

  /** Row of Pagestream for virtual addresses without a page. */
  public static final int NOT_MAPPED_ROW = 101;

  /** Reason for virtual addresses without a page. */
  public static final String NOT_MAPPED = "not-mapped";

  /** Copies its lists. */
  public CallResult {
    runs = List.copyOf(runs);
    instead = List.copyOf(instead);
  }

  /** The source of a page's established type. */
  public enum Establisher {
    /** Page tables under a named root. */
    PAGE_TABLES,
    /** The range: sidecars about cache types (MTRR, PAT, ranges). */
    RANGE,
    /** The default for the kind of the range. */
    DEFAULT,
    /** An earlier call of the sequence. */
    EARLIER_CALL,
    /** No type is established. */
    NONE
  }

  /**
   * Consecutive pages of a call with the same verdict.
   *
   * @param start physical address of the first page; the virtual address if it is not mapped
   * @param end address after the last page
   * @param known what is known about them
   * @param established their established type after earlier calls
   * @param by who established it
   * @param byCall number of the earlier call that did, or 0
   * @param verdict the verdict
   */
  public record Run(
      long start,
      long end,
      MemoryView.Known known,
      CacheType established,
      Establisher by,
      int byCall,
      Verdict verdict) {
    /** Length in pages. */
    public long pageCount() {
      return Pages.frameNumber(end - start);
    }
  }

  /**
   * A call to make instead, for some or all pages.
   *
   * @param call routine and type; empty if the pages should be left out
   * @param start physical address of the first page
   * @param end physical address after the last page
   * @param why the reason, in words
   */
  public record Advice(String call, long start, long end, String why) {}

  /** Whether the call succeeds: one refused page fails it. */
  public boolean granted() {
    return problem.isEmpty() && deciding().isEmpty() && !runs.isEmpty();
  }

  /** The first refused run, which fails the call. */
  public Optional<Run> deciding() {
    return runs.stream().filter(run -> run.verdict().refused()).findFirst();
  }

  /** The granted types: more than one if established types override the request on some pages. */
  public Set<CacheType> grantedTypes() {
    EnumSet<CacheType> types = EnumSet.noneOf(CacheType.class);
    runs.forEach(run -> types.add(run.verdict().granted()));
    return types;
  }

  /** Bytes before the first refused page. */
  public long bytesBeforeRefusal() {
    long pages = 0;
    for (Run run : runs) {
      if (run.verdict().refused()) {
        return Math.max(0, Pages.address(pages) - call.offset());
      }
      pages += run.pageCount();
    }
    return call.length();
  }
}
