package io.pagestream.analyzers.keys;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds AES-128, AES-192 and AES-256 keys by their expanded key schedules (FIPS 197, section 5.2),
 * at any alignment. A finding's value is the key in lower-case hex, its address the schedule's
 * first byte, its length the schedule's: 176, 208 or 240 bytes. Attributes: {@code bits} of the
 * key, {@code bit-errors}: bits in which memory differs from that key's schedule.
 *
 * <p>The reported key is the key whose schedule is nearest to the bytes in memory, so it is correct
 * even if bytes of the key itself are damaged.
 *
 * <p>All schedules are reported, including that of the all-zero key and those of published test
 * keys, which kernels use for self-tests.
 *
 * <p>Libraries that store words as 32-bit numbers (Go, Java, OpenSSL without assembler) have each
 * word's bytes reversed on little-endian machines: attribute {@code word-order}, {@code reversed}.
 * Those that decrypt by the equivalent inverse cipher (FIPS 197, section 5.3.5; AES-NI) may store
 * only the schedule for it: attribute {@code schedule}, {@code decryption}. The value of such a
 * schedule is the cipher key too; if it is next to the one for encryption, both are reported. A
 * wrong bit in it results in a wrong column, so fewer are tolerated.
 *
 * <p>Two schedules that belong to one AES-XTS key are also reported as one {@code aes-xts-key}
 * ({@link XtsKeys}).
 */
public final class AesKeysAnalyzer implements Analyzer {
  private static final int DEFAULT_BIT_ERRORS = 10;

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
          "aes-keys",
          "Finds AES-128, AES-192 and AES-256 keys by their expanded key schedules.",
          List.of(FindingKind.proven("aes-key"), FindingKind.proven(XtsKeys.KIND)),
          KernelTransforms.BEFORE,
          XtsKeys.REACH,
          List.of(
              new AnalyzerInfo.Option(
                  "max-bit-errors",
                  "Wrong bits to tolerate in a schedule, 0 to "
                      + ScheduleDecoder.MAX_BIT_ERRORS
                      + ".",
                  Integer.toString(DEFAULT_BIT_ERRORS))));

  private final ScheduleFilter filter;
  private final ScheduleDecoder decoder;
  private final XtsKeys xtsKeys;
  private byte[] memory = new byte[0];

  /**
   * An instance for one thread.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if an option is outside of its limits
   */
  public AesKeysAnalyzer(AnalyzerOptions options) {
    int maxBitErrors =
        options.integer("max-bit-errors", DEFAULT_BIT_ERRORS, 0, ScheduleDecoder.MAX_BIT_ERRORS);
    filter = new ScheduleFilter(maxBitErrors);
    decoder = new ScheduleDecoder(maxBitErrors);
    xtsKeys = new XtsKeys(maxBitErrors);
  }

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    int from = window.ownStart();
    int starts = window.ownEnd() - from;
    int limit = Math.min(window.limit() - from, starts + AesSize.AES_256.scheduleBytes() - 1);
    copy(window.bytes(), from, limit);
    int firstAligned = (int) -window.alignmentOf(from) & 3;
    filter.filter(
        memory,
        starts,
        limit,
        firstAligned,
        (size, use, offset) -> decode(size, use, offset, window, findings));
  }

  private void decode(
      AesSize size, ScheduleUse use, int offset, Window window, FindingSink findings) {
    int errors = decoder.decode(size, use, memory, offset);
    if (errors >= 0) {
      int start = window.ownStart() + offset;
      String key = decoder.keyHex(size);
      Map<String, String> attributes = new TreeMap<>();
      attributes.put("bits", Integer.toString(size.bits()));
      attributes.put("bit-errors", Integer.toString(errors));
      if (use == ScheduleUse.DECRYPTION) {
        attributes.put("schedule", "decryption");
      }
      if (decoder.wordsReversed()) {
        attributes.put("word-order", "reversed");
      }
      findings.found("aes-key", start, size.scheduleBytes(), key, Encoding.BINARY, attributes);
      xtsKeys.join(window, size, use, start, key, findings);
    }
  }

  /** Copies bytes to the heap: unaligned reads from arrays are twice as fast as from segments. */
  private void copy(MemorySegment bytes, int from, int length) {
    if (memory.length < length + ScheduleFilter.PADDING) {
      memory = new byte[length + ScheduleFilter.PADDING];
    }
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, memory, 0, length);
    Arrays.fill(memory, length, length + ScheduleFilter.PADDING, (byte) 0);
  }
}
