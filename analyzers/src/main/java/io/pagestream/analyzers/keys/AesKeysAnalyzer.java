package io.pagestream.analyzers.keys;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds AES-128, AES-192 and AES-256 keys by their expanded key schedules (FIPS 197, section 5.2:
 * words in the order of their bytes, as in the standard), at any alignment. A finding's value is
 * the key in lower-case hex, its address the schedule's first byte, its length the schedule's: 176,
 * 208 or 240 bytes. Attributes: {@code bits} of the key, {@code bit-errors}: bits in which memory
 * differs from that key's schedule.
 *
 * <p>The reported key is the one whose schedule is nearest to what memory holds, so it is right
 * even where bytes of the key itself are damaged.
 *
 * <p>A schedule is a schedule: that of the all-zero key and those of published test keys, which
 * kernels use to test themselves, are reported like any other. Schedules for decryption by the
 * equivalent inverse cipher (FIPS 197, section 5.3.5) and words in reversed byte order are not
 * looked for; ciphers that keep the former keep the latter's encryption schedule beside it.
 */
public final class AesKeysAnalyzer implements Analyzer {
  private static final int DEFAULT_BIT_ERRORS = 10;

  /** What this analyzer is and needs. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
          "aes-keys",
          "Finds AES-128, AES-192 and AES-256 keys by their expanded key schedules.",
          List.of(FindingKind.proven("aes-key")),
          0,
          AesSize.AES_256.scheduleBytes(),
          List.of(
              new AnalyzerInfo.Option(
                  "max-bit-errors",
                  "Wrong bits to tolerate in a schedule, 0 to "
                      + ScheduleDecoder.MAX_BIT_ERRORS
                      + ".",
                  Integer.toString(DEFAULT_BIT_ERRORS))));

  private final ScheduleFilter filter;
  private final ScheduleDecoder decoder;
  private byte[] memory = new byte[0];

  /**
   * An instance for one thread.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if an option is out of its bounds
   */
  public AesKeysAnalyzer(AnalyzerOptions options) {
    int maxBitErrors =
        options.integer("max-bit-errors", DEFAULT_BIT_ERRORS, 0, ScheduleDecoder.MAX_BIT_ERRORS);
    filter = new ScheduleFilter(maxBitErrors);
    decoder = new ScheduleDecoder(maxBitErrors);
  }

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, FindingSink findings) {
    int from = window.ownStart();
    int starts = window.ownEnd() - from;
    int limit = Math.min(window.limit() - from, starts + INFO.lookAheadBytes() - 1);
    copy(window.bytes(), from, limit);
    int firstAligned = (int) -window.alignmentOf(from) & 3;
    filter.filter(
        memory,
        starts,
        limit,
        firstAligned,
        (size, offset) -> decode(size, offset, from + offset, findings));
  }

  private void decode(AesSize size, int offset, int windowOffset, FindingSink findings) {
    int errors = decoder.decode(size, memory, offset);
    if (errors >= 0) {
      findings.found(
          "aes-key",
          windowOffset,
          size.scheduleBytes(),
          decoder.keyHex(size),
          Encoding.BINARY,
          Map.of("bits", Integer.toString(size.bits()), "bit-errors", Integer.toString(errors)));
    }
  }

  /** Onto the heap: reading arrays at unaligned offsets is twice as fast as reading segments. */
  private void copy(MemorySegment bytes, int from, int length) {
    if (memory.length < length + ScheduleFilter.PADDING) {
      memory = new byte[length + ScheduleFilter.PADDING];
    }
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, memory, 0, length);
    Arrays.fill(memory, length, length + ScheduleFilter.PADDING, (byte) 0);
  }
}
