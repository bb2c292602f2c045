package io.pagestream.exports.picture;

import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;

/**
 * What a page can be in each band. The colours are those of Okabe and Ito ("Color Universal
 * Design", 2008), which people with any colour vision tell apart, and greys; within a band no two
 * are alike in lightness and hue both.
 */
enum Ink {
  RAM(Band.RANGES, "RAM", 0x0072B2, '█', '#'),
  UNKNOWN_KIND(Band.RANGES, "unknown kind", 0x999999, '▒', '?'),
  FIRMWARE_RESERVED(Band.RANGES, "firmware", 0xCC79A7, '▤', 'f'),
  ACPI(Band.RANGES, "ACPI", 0xE69F00, '▧', 'a'),
  PERSISTENT(Band.RANGES, "persistent", 0x009E73, '▩', 'p'),
  FRAME_BUFFER(Band.RANGES, "frame buffer", 0xF0E442, '▣', 'v'),
  DEVICE(Band.RANGES, "device", 0xD55E00, '◆', 'd'),

  BYTES(Band.CONTENT, "bytes", 0x0072B2, '█', '#'),
  DOUBTFUL(Band.CONTENT, "doubtful", 0xF0E442, '▣', 'd'),
  ZERO(Band.CONTENT, "zero", 0xC9DCEB, '░', '0'),
  EXCLUDED(Band.CONTENT, "excluded", 0xE69F00, '▧', 'x'),
  UNREADABLE(Band.CONTENT, "unreadable", 0xD55E00, '◆', '!'),

  WRITE_BACK(Band.CACHE_TYPES, "write-back", 0x0072B2, '█', '#'),
  NOT_ESTABLISHED(Band.CACHE_TYPES, "none yet", 0xD0D0D0, '░', '.'),
  UNKNOWN_TYPE(Band.CACHE_TYPES, "unknown", 0x999999, '▒', '?'),
  WRITE_THROUGH(Band.CACHE_TYPES, "write-through", 0x56B4E9, '▤', 't'),
  WRITE_PROTECTED(Band.CACHE_TYPES, "write-protected", 0x009E73, '▩', 'p'),
  WRITE_COMBINING(Band.CACHE_TYPES, "write-combining", 0xF0E442, '▣', 'c'),
  UNCACHED_MINUS(Band.CACHE_TYPES, "uncached-minus", 0xE69F00, '▧', 'm'),
  UNCACHED(Band.CACHE_TYPES, "uncached", 0xD55E00, '◆', 'u'),
  DISAGREEING(Band.CACHE_TYPES, "aliases disagree", 0x000000, '╳', 'X'),

  MAPPED(Band.VERDICTS, "mapped", 0x009E73, '█', '#'),
  OVERRIDDEN(Band.VERDICTS, "overridden", 0xF0E442, '▣', 'o'),
  REFUSED(Band.VERDICTS, "refused", 0xD55E00, '◆', 'r');

  private final Band band;
  private final String label;
  private final int rgb;
  private final char glyph;
  private final char ascii;

  Ink(Band band, String label, int rgb, char glyph, char ascii) {
    this.band = band;
    this.label = label;
    this.rgb = rgb;
    this.glyph = glyph;
    this.ascii = ascii;
  }

  Band band() {
    return band;
  }

  String label() {
    return label;
  }

  /** Its colour, as 0xRRGGBB. */
  int rgb() {
    return rgb;
  }

  /** Its character in text: a block where those can be shown, or else plain ASCII. */
  char glyph(boolean unicode) {
    return unicode ? glyph : ascii;
  }

  static Ink of(RangeKind kind) {
    return switch (kind) {
      case RAM -> RAM;
      case DEVICE -> DEVICE;
      case FRAME_BUFFER -> FRAME_BUFFER;
      case FIRMWARE_RESERVED -> FIRMWARE_RESERVED;
      case ACPI -> ACPI;
      case PERSISTENT -> PERSISTENT;
      case UNKNOWN -> UNKNOWN_KIND;
    };
  }

  static Ink of(PageContent content) {
    return switch (content) {
      case BYTES -> BYTES;
      case DOUBTFUL -> DOUBTFUL;
      case ZERO -> ZERO;
      case EXCLUDED -> EXCLUDED;
      case UNREADABLE -> UNREADABLE;
    };
  }

  static Ink of(VerdictKind verdict) {
    return switch (verdict) {
      case MAPPED -> MAPPED;
      case OVERRIDDEN -> OVERRIDDEN;
      case REFUSED -> REFUSED;
    };
  }

  /** The cache type that the pages have, or that their mappings disagree. */
  static Ink typeOf(PageSpan span) {
    Mapping mapping = span.mapping();
    return mapping != null && mapping.cacheTypes().size() > 1
        ? DISAGREEING
        : of(span.decision().established());
  }

  private static Ink of(CacheType type) {
    return switch (type) {
      case WRITE_BACK -> WRITE_BACK;
      case NOT_ESTABLISHED -> NOT_ESTABLISHED;
      case UNKNOWN -> UNKNOWN_TYPE;
      case WRITE_THROUGH -> WRITE_THROUGH;
      case WRITE_PROTECTED -> WRITE_PROTECTED;
      case WRITE_COMBINING -> WRITE_COMBINING;
      case UNCACHED_MINUS -> UNCACHED_MINUS;
      case UNCACHED -> UNCACHED;
    };
  }
}
