package io.pagestream.analyzers.keys;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.avro.Confidence;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds BitLocker's full volume encryption keys in the pool allocations of Windows that contain
 * them. The sizes of the allocations are those that public tools for BitLocker keys in memory agree
 * on:
 *
 * <ul>
 *   <li>tag {@code FVEc}, Windows Vista and 7: 528 or 1,008 bytes, with 32 bits 504 or 976
 *   <li>tag {@code Cngb}, Windows 8 to early Windows 10: 640 to 672 bytes
 *   <li>tag {@code None}, later versions: 1,232 to 1,456 bytes
 * </ul>
 *
 * <p>The allocation must contain an AES key schedule, which proves the key. The last two tags are
 * those of all keys of the kernel's cryptography, so that the confidence is medium. The value is
 * the key of the first schedule, followed by that of the next one with another key (the tweak key
 * of XTS or of the diffuser), in hex; the address is that of the pool header.
 */
public final class FvekAnalyzer implements Analyzer {
  private static final String KIND = "bitlocker-fvek";
  private static final int MAX_POOL_BYTES = 1456;
  private static final int HEADER_BYTES_32 = 8;

  /** Offset of the first key in an allocation of a 32-bit system. */
  private static final int KEY_OFFSET_32 = 32;

  private static final int HEADER_BYTES_64 = 16;
  private static final int TAG_END = 8;
  private static final int FVEC = 0;
  private static final int CNGB = 1;

  /** In the order of the constants; the last one also contains the size in units of 16 bytes. */
  private static final List<String> TAGS =
      List.of("FVEc", "Cngb", "[\\x4d-\\x5b][\\x01-\\x7f]None");

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "bitlocker-fvek",
              "Finds BitLocker volume keys in Windows pool allocations.",
              List.of(FindingKind.proven(KIND)),
              0,
              MAX_POOL_BYTES,
              List.of())
          .searching(new Patterns(TAGS, 0, TAG_END));

  private final ScheduleFilter filter = new ScheduleFilter(0);
  private final ScheduleDecoder decoder = new ScheduleDecoder(0);
  private final byte[] pool = new byte[MAX_POOL_BYTES + ScheduleFilter.PADDING];

  /** An instance for one thread; it has no options. */
  public FvekAnalyzer(AnalyzerOptions unused) {}

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    for (int i = 0; i < matches.count(); i++) {
      int start = matches.end(i) - TAG_END;
      if (window.owns(start)) {
        allocation(window, start, matches.pattern(i), findings);
      }
    }
  }

  private void allocation(Window window, int start, int tag, FindingSink findings) {
    MemorySegment memory = window.bytes();
    int third = memory.get(ValueLayout.JAVA_BYTE, start + 2) & 0xff;
    int fourth = memory.get(ValueLayout.JAVA_BYTE, start + 3) & 0xff;
    int size = 16 * third;
    int size32 = 8 * (third | (fourth & 1) << 8);
    // The same number can be a size in both units; the schedule is at another offset.
    if (tag == FVEC
        && (size32 == 504 || size32 == 976)
        && keys(window, start, HEADER_BYTES_32, size32, FVEC, findings)) {
      return;
    }
    boolean valid =
        switch (tag) {
          case FVEC -> size == 528 || size == 1008;
          case CNGB -> size >= 640 && size <= 672;
          default -> true;
        };
    if (valid && fourth != 0) {
      keys(window, start, HEADER_BYTES_64, size, tag, findings);
    }
  }

  /** Whether an allocation contains keys; reports them. */
  private boolean keys(
      Window window, int start, int header, int size, int tag, FindingSink findings) {
    int length = size - header;
    if (size > window.limit() - start) {
      return false;
    }
    MemorySegment.copy(window.bytes(), ValueLayout.JAVA_BYTE, start + header, pool, 0, length);
    Arrays.fill(pool, length, length + ScheduleFilter.PADDING, (byte) 0);
    SortedMap<Integer, String> keys = new TreeMap<>();
    filter.filter(
        pool,
        length,
        length,
        0,
        (keySize, use, offset) -> {
          if (use == ScheduleUse.ENCRYPTION && decoder.decode(keySize, use, pool, offset) >= 0) {
            keys.put(offset, decoder.keyHex(keySize));
          }
        });
    if (keys.isEmpty()
        || (header == HEADER_BYTES_32 && keys.firstKey() != KEY_OFFSET_32 - header)) {
      return false;
    }
    List<String> different = keys.values().stream().distinct().limit(2).toList();
    findings.found(
        KIND,
        start,
        size,
        String.join("", different),
        Encoding.BINARY,
        Map.of(
            "bits", Integer.toString(4 * different.get(0).length()),
            "keys", Integer.toString(different.size()),
            "pool-tag", tag == FVEC ? "FVEc" : tag == CNGB ? "Cngb" : "None"),
        tag == FVEC ? null : Confidence.MEDIUM);
    return true;
  }
}
