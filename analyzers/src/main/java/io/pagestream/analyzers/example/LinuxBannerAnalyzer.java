package io.pagestream.analyzers.example;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Window;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Finds Linux kernel banners: {@code Linux version 6.1.0-18-amd64 (…) … #1 SMP …}, the text that
 * the kernel keeps as {@code linux_banner} and prints first at boot (Linux, init/version.c). A
 * banner starts with {@code "Linux version "} and a digit, is printable ASCII, and ends with a line
 * feed.
 *
 * <p>This is also the example to copy; the numbered comments are the order in which to read it.
 */
public final class LinuxBannerAnalyzer implements Analyzer {
  /*
   * 1. Declare the analyzer. The name and the kinds are part of every finding's id: they never
   *    change. The look-behind and look-ahead are promises. The stage shows at least this much
   *    where memory is contiguous, and the analyzer uses no more than that, so that the findings do
   *    not depend on how memory was cut into runs.
   */
  private static final String KIND = "linux-banner";
  private static final int LONGEST_BANNER = 1024;
  private static final int DEFAULT_MAX_LENGTH = 512;

  /** The properties of this analyzer; the catalog shows them without creating an instance. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
          "linux-banner",
          "Finds Linux kernel version banners.",
          List.of(FindingKind.checked(KIND)),
          1,
          LONGEST_BANNER,
          List.of(
              new AnalyzerInfo.Option(
                  "max-length",
                  "Longest banner in bytes, line feed included, 32 to 1024.",
                  Integer.toString(DEFAULT_MAX_LENGTH))));

  private static final byte[] START = "Linux version ".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_FOUR = 'L' | 'i' << 8 | 'n' << 16 | 'u' << 24;
  private static final ValueLayout.OfInt INT_AT_ANY_OFFSET =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /* 2. Keep buffers in fields: an instance serves one thread. Keep no findings. */
  private final int maxLength;

  /**
   * An instance for one thread.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if an option is out of its bounds
   */
  public LinuxBannerAnalyzer(AnalyzerOptions options) {
    maxLength = options.integer("max-length", DEFAULT_MAX_LENGTH, 32, LONGEST_BANNER);
  }

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  /*
   * 3. Search the window's own part, and only that, for something cheap and rare: this loop sees
   *    every byte of memory. No objects, no strings here.
   */
  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    MemorySegment bytes = window.bytes();
    int end = Math.min(window.ownEnd(), window.limit() - START.length);
    for (int offset = window.ownStart(); offset < end; offset++) {
      if (bytes.get(INT_AT_ANY_OFFSET, offset) == FIRST_FOUR) {
        banner(window, offset, findings);
      }
    }
  }

  /*
   * 4. Validate. Bytes are untrusted: check every offset against window.limit(), bound every loop,
   *    trust no length.
   */
  private void banner(Window window, int start, FindingSink findings) {
    MemorySegment bytes = window.bytes();
    int version = start + START.length;
    if (continuesAWord(bytes, start) || !startsHere(bytes, start) || !isDigit(bytes, version)) {
      return;
    }
    int limit = Math.min(window.limit(), start + maxLength);
    for (int offset = version; offset < limit; offset++) {
      byte next = bytes.get(ValueLayout.JAVA_BYTE, offset);
      if (next == '\n') {
        report(bytes, start, offset, findings);
        return;
      }
      if (next < ' ' || next > '~') {
        return;
      }
    }
  }

  /** Whether the byte before, if it is shown, belongs to the same word: {@code GNU/Linux}. */
  private static boolean continuesAWord(MemorySegment bytes, int start) {
    if (start == 0) {
      return false;
    }
    byte before = bytes.get(ValueLayout.JAVA_BYTE, start - 1L);
    return (before > 0 && Character.isLetterOrDigit(before)) || before == '/' || before == '-';
  }

  private static boolean startsHere(MemorySegment bytes, int start) {
    for (int i = 0; i < START.length; i++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, (long) start + i) != START[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(MemorySegment bytes, int offset) {
    byte digit = bytes.get(ValueLayout.JAVA_BYTE, offset);
    return digit >= '0' && digit <= '9';
  }

  /*
   * 5. Report. Create strings only here, when the artifact is certain. The offset is the artifact's
   *    first byte, the length its size in memory, the value its readable text; further information
   *    goes into attributes.
   */
  private static void report(MemorySegment bytes, int start, int lineFeed, FindingSink findings) {
    byte[] text = bytes.asSlice(start, lineFeed - start).toArray(ValueLayout.JAVA_BYTE);
    String banner = new String(text, StandardCharsets.US_ASCII);
    String release = banner.substring(START.length).split(" ", 2)[0];
    findings.found(
        KIND,
        start,
        lineFeed + 1 - start,
        banner,
        Encoding.ASCII,
        Map.of("kernel-release", release));
  }
}
