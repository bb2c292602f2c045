package io.pagestream.images.rangesource;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.text.PrintableText;

/**
 * The claim of one source about a range of physical addresses. Claims of one source may overlap:
 * see {@link ClaimedRanges}.
 *
 * @param start first address, in bytes; need not begin a page
 * @param end address after the last byte
 * @param depth nesting within the source, 0 outermost; the deeper claim is more precise
 * @param kind its kind; UNKNOWN if the source has no known term for it
 * @param name the source's own term, printable ASCII, at most {@link #MOST_NAME} characters
 * @param established cache attribute given by the source; UNKNOWN if there is none
 */
public record Claim(
    long start, long end, int depth, RangeKind kind, String name, CacheType established) {
  /** Maximum number of characters of a name: a manifest has room for 4096 names. */
  public static final int MOST_NAME = 48;

  /**
   * Checks conditions that a parser must have ensured, and makes the name safe to store and print.
   */
  public Claim {
    if (start < 0 || end <= start || end > Pages.ADDRESS_LIMIT || depth < 0) {
      throw new IllegalArgumentException("claim 0x%x to 0x%x".formatted(start, end));
    }
    name = PrintableText.of(name, MOST_NAME);
  }

  /** A claim that is not nested and has no cache attribute. */
  static Claim of(long start, long end, RangeKind kind, String name) {
    return new Claim(start, end, 0, kind, name, CacheType.UNKNOWN);
  }
}
