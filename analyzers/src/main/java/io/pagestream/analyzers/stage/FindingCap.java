package io.pagestream.analyzers.stage;

import java.util.HashMap;
import java.util.Map;

/**
 * The maximum number of findings of one kind in a page of memory. Memory full of {@code a@b.co}
 * contains a finding for every seven bytes; with a cap, the number of findings stays in proportion
 * to the page.
 *
 * <p>The cap is a rule for one page, applied only to that page in the order of addresses. It
 * therefore does not depend on how memory is cut into runs, and nothing outside of a page can use
 * up its allowance. {@code docs/decisions/0014-finding-cap.md} has the reasons and the
 * measurements.
 *
 * @param ofKind number of findings of one kind that a page keeps, at least 1
 * @param ofValue number of findings of one kind and value, each beginning less than {@link
 *     #APART_BYTES} after the previous one, that a page keeps, at least 1
 */
public record FindingCap(int ofKind, int ofValue) {
  /**
   * The length of a short line of a log. A value that recurs in each line is relevant, and there
   * are few lines on a page; a value that recurs at shorter distances fills the page.
   */
  static final int APART_BYTES = 64;

  private static final int DECODED = 16;

  /** All findings of a page full of different records of 16 bytes are kept. */
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
   * The cap for data decoded from the streams that start in a page. Such data is larger than the
   * page and mostly consists of logs, whose lines repeat: it may have more findings of a kind, and
   * as many of one value.
   */
  FindingCap ofDecoded() {
    return equals(NONE) ? this : new FindingCap(DECODED * ofKind, DECODED * ofKind);
  }

  /** Its representation in the settings of a case. */
  public String word() {
    return equals(NONE) ? "none" : "%d of a kind, %d of a value".formatted(ofKind, ofValue);
  }

  /** Whether a page with this number of reports can exceed the cap. */
  boolean mayExceed(int reports) {
    return reports > Math.min(ofKind, ofValue);
  }

  /** Decides for one page. */
  Page page() {
    return new Page();
  }

  /** The findings of one page so far, in the order of their addresses. */
  final class Page {
    private final Map<String, Kind> kinds = new HashMap<>();

    /** Whether the page keeps another finding. */
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
