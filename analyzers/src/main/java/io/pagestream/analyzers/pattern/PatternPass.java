package io.pagestream.analyzers.pattern;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches windows for the patterns of several analyzers, each window once, with one database.
 * Confined to one thread. Without patterns it needs no native library.
 */
public final class PatternPass implements AutoCloseable {
  private static final int CHUNK_BYTES = PatternScanner.MAX_SCAN_BYTES - Patterns.MAX_MATCH_BYTES;

  private final @Nullable PatternScanner scanner;
  private final int before;
  private final int after;
  private final List<AnalyzerMatches> byAnalyzer = new ArrayList<>();
  private final AnalyzerMatches[] byId;

  /**
   * A pass for analyzers, whose matches are identified by their index.
   *
   * @throws io.pagestream.schemas.error.PagestreamException PS-305 if there are patterns but no
   *     library for this machine
   * @throws IllegalArgumentException if an expression is invalid
   */
  public PatternPass(List<AnalyzerInfo> analyzers) {
    List<String> expressions = new ArrayList<>();
    List<AnalyzerMatches> owners = new ArrayList<>();
    int mostBefore = 0;
    int mostAfter = 0;
    for (AnalyzerInfo analyzer : analyzers) {
      Patterns patterns = analyzer.patterns();
      AnalyzerMatches matches = new AnalyzerMatches(expressions.size());
      byAnalyzer.add(matches);
      expressions.addAll(patterns.expressions());
      patterns.expressions().forEach(expression -> owners.add(matches));
      mostBefore = Math.max(mostBefore, patterns.before());
      mostAfter = Math.max(mostAfter, patterns.after());
    }
    before = mostBefore;
    after = mostAfter;
    byId = owners.toArray(AnalyzerMatches[]::new);
    scanner = expressions.isEmpty() ? null : new PatternScanner(PatternDatabase.of(expressions));
  }

  /** Searches windows; previous matches are discarded. */
  public void scan(List<Window> windows) {
    byAnalyzer.forEach(AnalyzerMatches::clear);
    for (Window window : windows) {
      if (scanner != null) {
        scan(scanner, window);
      }
      byAnalyzer.forEach(AnalyzerMatches::endWindow);
    }
  }

  private void scan(PatternScanner with, Window window) {
    int from = Math.max(0, window.ownStart() - before);
    int to = Math.min(window.limit(), window.ownEnd() + after);
    for (int chunk = from; chunk < to; chunk += CHUNK_BYTES) {
      int begin = Math.max(from, chunk - Patterns.MAX_MATCH_BYTES);
      int count = with.scan(window.bytes(), begin, Math.min(to, chunk + CHUNK_BYTES));
      for (int i = 0; i < count; i++) {
        int end = begin + with.end(i);
        if (end > chunk) { // a match that ends before the chunk was found with the previous chunk
          byId[with.id(i)].add(end, with.id(i));
        }
      }
    }
  }

  /**
   * The matches in one of the windows of the last scan, valid until the next scan.
   *
   * @param analyzer index of the analyzer
   * @param window index of the window
   */
  public Matches of(int analyzer, int window) {
    return byAnalyzer.get(analyzer).in(window);
  }

  @Override
  public void close() {
    if (scanner != null) {
      scanner.close();
    }
  }

  /** The matches of one analyzer in all windows. */
  private static final class AnalyzerMatches {
    private final int firstId;
    private long[] matches = new long[64];
    private int count;
    private int[] ends = new int[8];
    private int windows;

    AnalyzerMatches(int firstId) {
      this.firstId = firstId;
    }

    void clear() {
      count = 0;
      windows = 0;
    }

    void add(int end, int id) {
      if (count == matches.length) {
        matches = Arrays.copyOf(matches, 2 * count);
      }
      matches[count++] = (long) end << PatternDatabase.ID_BITS | (id - firstId);
    }

    void endWindow() {
      if (windows == ends.length) {
        ends = Arrays.copyOf(ends, 2 * windows);
      }
      ends[windows++] = count;
    }

    Matches in(int window) {
      int from = window == 0 ? 0 : ends[window - 1];
      int to = ends[window];
      return from == to ? Matches.NONE : new Part(matches, from, to - from);
    }
  }

  private static final class Part implements Matches {
    private final long[] all;
    private final int from;
    private final int count;

    Part(long[] all, int from, int count) {
      this.all = all;
      this.from = from;
      this.count = count;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public int pattern(int index) {
      return (int) all[from + index] & PatternDatabase.MAX_ID;
    }

    @Override
    public int end(int index) {
      return (int) (all[from + index] >>> PatternDatabase.ID_BITS);
    }
  }
}
