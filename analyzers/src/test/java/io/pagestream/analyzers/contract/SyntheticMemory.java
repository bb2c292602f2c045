package io.pagestream.analyzers.contract;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.pattern.PatternPass;
import io.pagestream.schemas.finding.Location;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Physically contiguous memory for tests, analyzed as a whole or in windows like those of the
 * stage. Windows show exactly the declared look-behind and look-ahead and not a byte more, in
 * read-only native memory of exactly that size, so that reading further fails.
 */
public final class SyntheticMemory {
  private static final ThreadLocal<Map<AnalyzerInfo, PatternPass>> PASSES =
      ThreadLocal.withInitial(HashMap::new);

  private final byte[] bytes;
  private final long physicalAddress;

  /**
   * @param bytes contents; not copied
   * @param physicalAddress address of the first byte
   */
  public SyntheticMemory(byte[] bytes, long physicalAddress) {
    this.bytes = bytes;
    this.physicalAddress = physicalAddress;
  }

  /** Zero bytes around one piece. */
  public static SyntheticMemory around(byte[] piece, int before, int after, long physicalAddress) {
    byte[] bytes = new byte[before + piece.length + after];
    System.arraycopy(piece, 0, bytes, before, piece.length);
    return new SyntheticMemory(bytes, physicalAddress);
  }

  /** Number of bytes. */
  public int size() {
    return bytes.length;
  }

  /** What the analyzer finds through one window that owns everything. */
  public Set<Found> whole(Analyzer analyzer) {
    return cut(analyzer, bytes.length);
  }

  /** What the analyzer finds through windows that own {@code step} bytes each. */
  public Set<Found> cut(Analyzer analyzer, int step) {
    Set<Found> findings = new LinkedHashSet<>();
    for (int start = 0; start < bytes.length; start += step) {
      look(analyzer, start, Math.min(start + step, bytes.length), findings);
    }
    return findings;
  }

  /** What the analyzer finds through two windows that meet at {@code boundary}. */
  public Set<Found> cutAt(Analyzer analyzer, int boundary) {
    Set<Found> findings = new LinkedHashSet<>();
    look(analyzer, 0, boundary, findings);
    look(analyzer, boundary, bytes.length, findings);
    return findings;
  }

  /** Adds what the analyzer finds through the window that owns {@code [start, end)}. */
  public void look(Analyzer analyzer, int start, int end, Set<Found> findings) {
    AnalyzerInfo info = analyzer.info();
    int from = Math.max(0, start - info.lookBehindBytes());
    int to = (int) Math.min(bytes.length, (long) end + info.lookAheadBytes());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment shown = arena.allocate(to - from);
      MemorySegment.copy(bytes, from, shown, ValueLayout.JAVA_BYTE, 0, to - from);
      Window window =
          new Window(
              shown.asReadOnly(),
              Location.physical(physicalAddress + from),
              start - from,
              end - from);
      PatternPass pass = PASSES.get().computeIfAbsent(info, one -> new PatternPass(List.of(one)));
      pass.scan(List.of(window));
      analyzer.analyze(window, pass.of(0, 0), new StrictSink(info, window, findings));
    }
  }
}
