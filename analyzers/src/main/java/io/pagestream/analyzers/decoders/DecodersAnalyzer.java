package io.pagestream.analyzers.decoders;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.DecodingLimits;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.lz.DecodedBytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what memory contains in encoded or compressed form and passes it on to all analyzers. It
 * reports nothing itself: what was decoded is counted in the receipt, and findings in it have the
 * codec in their path. {@code docs/decoders.md} lists codecs, anchors, checks and limits.
 */
public final class DecodersAnalyzer implements Analyzer {
  private static final String MIN_CHARS = "base64-chars";
  private static final String XOR = "xor";
  private static final int DEFAULT_MIN_CHARS = 20;
  private static final int LEAST_MIN_CHARS = 20;
  private static final int MOST_MIN_CHARS = 120;

  private static final int FIRST_FORM = StreamFormat.ALL.size();
  private static final int SOFT_BREAK = FIRST_FORM + DigitPairs.Form.values().length;

  /** Padding, so that numbers of four bytes may be read before their bounds are checked. */
  private static final int PADDING = 16;

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              DecodingLimits.ANALYZER,
              "Decodes zlib, zip, bzip2, xz, zstd, LZ4, Snappy, Xpress, LZNT1, base64, hex and UTF-32 "
                  + "for all analyzers; reports nothing itself.",
              List.of(),
              Base64Search.LOOK_BEHIND_BYTES,
              AnalyzerInfo.MAX_LOOK_AHEAD_BYTES,
              options())
          .searching(patterns());

  private final DecodedBytes out;
  private final StreamSearch streams;
  private final Base64Search base64;
  private final Utf32Search utf32;
  private final DigitPairs.Form[] forms = DigitPairs.Form.values();
  private final DigitPairs pairs;
  private final SoftBreaks softBreaks;
  private final @Nullable XorPages xor;
  private byte[] memory = new byte[0];

  /** An instance for one thread. */
  public DecodersAnalyzer(AnalyzerOptions options) {
    out = new DecodedBytes(DecodingLimits.of(options).streamBytes());
    streams = new StreamSearch(out);
    base64 =
        new Base64Search(
            options.integer(MIN_CHARS, DEFAULT_MIN_CHARS, LEAST_MIN_CHARS, MOST_MIN_CHARS), out);
    utf32 = new Utf32Search(out);
    pairs = new DigitPairs(out);
    softBreaks = new SoftBreaks(out);
    int key = options.integer(XOR, 0, 0, 255);
    xor = key == 0 ? null : new XorPages(key);
  }

  private static List<AnalyzerInfo.Option> options() {
    List<AnalyzerInfo.Option> options = new ArrayList<>(DecodingLimits.OPTIONS);
    options.add(
        new AnalyzerInfo.Option(
            MIN_CHARS,
            "Length of the shortest base64 text that is decoded, in characters, %d to %d."
                .formatted(LEAST_MIN_CHARS, MOST_MIN_CHARS),
            Integer.toString(DEFAULT_MIN_CHARS)));
    options.add(
        new AnalyzerInfo.Option(
            XOR,
            "Also analyze all memory combined with this byte by exclusive or, 1 to 255; 0: do not.",
            "0"));
    return options;
  }

  /** The anchors of streams in the order of {@link StreamFormat#ALL}, then those of text. */
  private static Patterns patterns() {
    List<String> patterns = new ArrayList<>();
    StreamFormat.ALL.forEach(format -> patterns.add(format.pattern()));
    for (DigitPairs.Form form : DigitPairs.Form.values()) {
      patterns.add(form.pattern());
    }
    patterns.add(SoftBreaks.PATTERN);
    return new Patterns(patterns, 0, SoftBreaks.REACH_BYTES);
  }

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    int limit = window.limit();
    if (memory.length < limit + PADDING) {
      memory = new byte[limit + PADDING];
    }
    MemorySegment.copy(window.bytes(), ValueLayout.JAVA_BYTE, 0, memory, 0, limit);
    streams.begin(window);
    pairs.over(window, memory);
    softBreaks.over(window, memory);
    for (int i = 0; i < matches.count(); i++) {
      int pattern = matches.pattern(i);
      if (pattern == SOFT_BREAK) {
        softBreaks.decode(window, matches.end(i), findings);
      } else if (pattern >= FIRST_FORM) {
        pairs.decode(forms[pattern - FIRST_FORM], window, matches.end(i), findings);
      } else {
        streams.examine(pattern, matches.end(i), window, memory, findings);
      }
    }
    base64.search(window, memory, findings);
    utf32.search(window, memory, findings);
    if (xor != null) {
      xor.decode(window, memory, findings);
    }
  }

  @Override
  public void close() {
    streams.close();
  }
}
