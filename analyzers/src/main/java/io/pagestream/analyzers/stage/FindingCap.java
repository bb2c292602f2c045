package io.pagestream.analyzers.stage;

import java.util.HashMap;
import java.util.Map;

/**
 * How many findings of one kind a page of memory may have. Memory full of {@code a@b.co} is a
 * finding for every seven bytes; with a cap the findings of a page stay in proportion to the page.
 *
 * <p>The cap is a rule about one page, decided from that page alone in the order of addresses, so
 * it does not depend on how memory is cut into runs, and nothing outside of a page can use up what
 * the page may have. {@code docs/decisions/0014-finding-cap.md} has the reasons and the
 * measurements.
 *
 * @param ofKind findings of one kind that a page keeps, at least 1
 * @param ofValue of the findings of one kind and value that begin less than {@link #APART_BYTES}
 *     behind the one before: how many a page keeps, at least 1
 */
public record FindingCap(int ofKind, int ofValue) {
  /**
   * The length of a short line of a log. A value that comes again in each line is what people look
   * for, and there are few lines on a page; a value that comes again sooner fills the page.
   */
  static final int APART_BYTES = 64;

  private static final int DECODED = 16;

  /** A page full of different records of 16 bytes is kept whole. */
  public static final FindingCap DEFAULT = new FindingCap(256, 16);

  /** No cap ({@code --no-cap}). */
  public static final FindingCap NONE = new FindingCap(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** Checks the bounds. */
  public FindingCap {
    if (ofKind < 1 || ofValue < 1) {
      throw new IllegalArgumentException("cap of " + ofKind + " and " + ofValue);
    }
  }

  /**
   * The cap of what was decoded from the streams that start in a page. It is more text than the
   * page has bytes, mostly that of logs, whose lines repeat: it may have more of a kind, and of a
   * value as many.
   */
  FindingCap ofDecoded() {
    return equals(NONE) ? this : new FindingCap(DECODED * ofKind, DECODED * ofKind);
  }

  /** How the settings of a case call it. */
  public String word() {
    return equals(NONE) ? "none" : "%d of a kind, %d of a value".formatted(ofKind, ofValue);
  }

  /** Whether a page with so many reports can exceed the cap at all. */
  boolean mayExceed(int reports) {
    return reports > Math.min(ofKind, ofValue);
  }

  /** Decides for one page. */
  Page page() {
    return new Page();
  }

  /** The findings of one page so far, asked in the order of their addresses. */
  final class Page {
    private final Map<String, Kind> kinds = new HashMap<>();

    /** Whether the page keeps one more finding. */
    boolean keeps(String kind, String value, long address) {
      Kind known = kinds.computeIfAbsent(kind, k -> new Kind());
      if (known.kept >= ofKind) {
        return false;
      }
      Value same = known.values.computeIfAbsent(value, v -> new Value());
      boolean close = same.seen && address - same.lastAddress < APART_BYTES;
      same.seen = true;
      same.lastAddress = address;
      if (close && same.close++ >= ofValue) {
        return false;
      }
      known.kept++;
      return true;
    }
  }

  private static final class Kind {
    private final Map<String, Value> values = new HashMap<>();
    private int kept;
  }

  private static final class Value {
    private boolean seen;
    private long lastAddress;
    private int close;
  }
}
