package io.pagestream.cases.map;

import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The possible states of a page in each band. The colors are those of Okabe and Ito ("Color
 * Universal Design", 2008), which can be distinguished with any color vision, and grays; within a
 * band no two colors are similar in both lightness and hue.
 */
public enum Ink {
  RAM(Band.RANGES, RangeKind.RAM, "RAM", 0x0072B2, '█', '#'),
  UNKNOWN_KIND(Band.RANGES, RangeKind.UNKNOWN, "unknown kind", 0x999999, '▒', '?'),
  FIRMWARE_RESERVED(Band.RANGES, RangeKind.FIRMWARE_RESERVED, "firmware", 0xCC79A7, '▤', 'f'),
  ACPI(Band.RANGES, RangeKind.ACPI, "ACPI", 0xE69F00, '▧', 'a'),
  PERSISTENT(Band.RANGES, RangeKind.PERSISTENT, "persistent", 0x009E73, '▩', 'p'),
  FRAME_BUFFER(Band.RANGES, RangeKind.FRAME_BUFFER, "frame buffer", 0xF0E442, '▣', 'v'),
  DEVICE(Band.RANGES, RangeKind.DEVICE, "device", 0xD55E00, '◆', 'd'),

  BYTES(Band.CONTENT, PageContent.BYTES, "bytes", 0x0072B2, '█', '#'),
  DOUBTFUL(Band.CONTENT, PageContent.DOUBTFUL, "doubtful", 0xF0E442, '▣', 'd'),
  ZERO(Band.CONTENT, PageContent.ZERO, "zero", 0xC9DCEB, '░', '0'),
  EXCLUDED(Band.CONTENT, PageContent.EXCLUDED, "excluded", 0xE69F00, '▧', 'x'),
  UNREADABLE(Band.CONTENT, PageContent.UNREADABLE, "unreadable", 0xD55E00, '◆', '!'),

  WRITE_BACK(Band.CACHE_TYPES, CacheType.WRITE_BACK, "write-back", 0x0072B2, '█', '#'),
  NOT_ESTABLISHED(Band.CACHE_TYPES, CacheType.NOT_ESTABLISHED, "none yet", 0xD0D0D0, '░', '.'),
  UNKNOWN_TYPE(Band.CACHE_TYPES, CacheType.UNKNOWN, "unknown", 0x999999, '▒', '?'),
  WRITE_THROUGH(Band.CACHE_TYPES, CacheType.WRITE_THROUGH, "write-through", 0x56B4E9, '▤', 't'),
  WRITE_PROTECTED(
      Band.CACHE_TYPES, CacheType.WRITE_PROTECTED, "write-protected", 0x009E73, '▩', 'p'),
  WRITE_COMBINING(
      Band.CACHE_TYPES, CacheType.WRITE_COMBINING, "write-combining", 0xF0E442, '▣', 'c'),
  UNCACHED_MINUS(Band.CACHE_TYPES, CacheType.UNCACHED_MINUS, "uncached-minus", 0xE69F00, '▧', 'm'),
  UNCACHED(Band.CACHE_TYPES, CacheType.UNCACHED, "uncached", 0xD55E00, '◆', 'u'),
  DISAGREEING(Band.CACHE_TYPES, "aliases-disagree", "aliases disagree", 0x000000, '╳', 'X'),

  GRANTED_WRITE_BACK(WRITE_BACK),
  GRANTED_NOTHING_YET(NOT_ESTABLISHED),
  GRANTED_UNKNOWN(UNKNOWN_TYPE),
  GRANTED_WRITE_THROUGH(WRITE_THROUGH),
  GRANTED_WRITE_PROTECTED(WRITE_PROTECTED),
  GRANTED_WRITE_COMBINING(WRITE_COMBINING),
  GRANTED_UNCACHED_MINUS(UNCACHED_MINUS),
  GRANTED_UNCACHED(UNCACHED),
  GRANTED_NONE(Band.GRANTED_TYPES, VerdictKind.REFUSED, "refused", 0x4A525B, '╳', 'X'),

  MAPPED(Band.VERDICTS, VerdictKind.MAPPED, "mapped", 0x009E73, '█', '#'),
  OVERRIDDEN(Band.VERDICTS, VerdictKind.OVERRIDDEN, "overridden", 0xF0E442, '▣', 'o'),
  REFUSED(Band.VERDICTS, VerdictKind.REFUSED, "refused", 0xD55E00, '◆', 'r');

  private static final Map<Band, Map<String, Ink>> WORDS = new EnumMap<>(Band.class);

  static {
    for (Ink ink : values()) {
      WORDS.computeIfAbsent(ink.band, band -> new HashMap<>()).put(ink.word, ink);
    }
  }

  private final Band band;
  private final String word;
  private final String label;
  private final int rgb;
  private final char glyph;
  private final char ascii;

  Ink(Band band, Enum<?> what, String label, int rgb, char glyph, char ascii) {
    this(band, Words.of(what), label, rgb, glyph, ascii);
  }

  Ink(Band band, String word, String label, int rgb, char glyph, char ascii) {
    this.band = band;
    this.word = word;
    this.label = label;
    this.rgb = rgb;
    this.glyph = glyph;
    this.ascii = ascii;
  }

  /** A granted type, with the color of the established one. */
  Ink(Ink type) {
    this(Band.GRANTED_TYPES, type.word, type.label, type.rgb, type.glyph, type.ascii);
  }

  /** The band that it belongs to. */
  public Band band() {
    return band;
  }

  /** Its word in the findings store, and for programs. */
  public String word() {
    return word;
  }

  /** Its display name. */
  public String label() {
    return label;
  }

  /** Its color, as 0xRRGGBB. */
  public int rgb() {
    return rgb;
  }

  /**
   * Its character in text: a block character if the terminal supports it, otherwise plain ASCII.
   */
  public char glyph(boolean unicode) {
    return unicode ? glyph : ascii;
  }

  /** The ink of a word in a band; null if there is none. */
  public static @Nullable Ink of(Band band, String word) {
    return WORDS.getOrDefault(band, Map.of()).get(word);
  }

  static Ink of(RangeKind kind) {
    return of(Band.RANGES, kind);
  }

  static Ink of(PageContent content) {
    return of(Band.CONTENT, content);
  }

  static Ink of(VerdictKind verdict) {
    return of(Band.VERDICTS, verdict);
  }

  /** The established cache type of the pages, or the ink for conflicting mappings. */
  static Ink typeOf(PageSpan span) {
    Mapping mapping = span.mapping();
    return mapping != null && mapping.cacheTypes().size() > 1
        ? DISAGREEING
        : of(Band.CACHE_TYPES, span.decision().established());
  }

  private static Ink of(Band band, Enum<?> what) {
    return Objects.requireNonNull(of(band, Words.of(what)), what::name);
  }
}
