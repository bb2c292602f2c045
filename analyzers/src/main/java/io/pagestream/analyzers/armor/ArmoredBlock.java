package io.pagestream.analyzers.armor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Base64 between {@code -----BEGIN LABEL-----} and {@code -----END LABEL-----}. Lines may have any
 * length and end with any white space, also with the escapes {@code \n}, {@code \r} and {@code \t}
 * of strings in JSON. Header fields of RFC 1421 and OpenPGP may precede the data.
 *
 * @param label the label
 * @param start offset of the first byte
 * @param end offset after the last byte; without an END line, after the last digit
 * @param content decoded data; without an END line, its first bytes
 * @param checksum OpenPGP's CRC-24, or -1 if there is none
 * @param complete whether there is an END line
 * @param fields header fields
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ArmoredBlock(
    String label,
    int start,
    int end,
    byte[] content,
    int checksum,
    boolean complete,
    Map<String, String> fields) {
  /** Longest label. */
  public static final int MAX_LABEL = 32;

  private static final byte[] BEGIN = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DASHES = "-----".getBytes(StandardCharsets.US_ASCII);

  /** Copies the map. */
  public ArmoredBlock {
    fields = Map.copyOf(fields);
  }

  /**
   * The offset of the BEGIN line whose closing dashes end at {@code end}, or -1 if there is none.
   */
  public static int beginOf(MemorySegment memory, int end) {
    int at = end - DASHES.length;
    int from = Math.max(0, at - MAX_LABEL);
    for (int label = at - 1; label >= from; label--) {
      byte b = memory.get(ValueLayout.JAVA_BYTE, label);
      if (!isLabel(b)) {
        return -1;
      }
      int start = label - BEGIN.length;
      if (start >= 0 && ArmorReader.startsWith(memory, start, label, BEGIN)) {
        return start;
      }
    }
    return -1;
  }

  private static boolean isLabel(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == ' ';
  }

  /**
   * The block whose BEGIN line is {@code [start, lineEnd)}.
   *
   * @param limit offset after the last byte that is read
   * @return null if no data follow
   */
  public static @Nullable ArmoredBlock at(MemorySegment memory, int start, int lineEnd, int limit) {
    int from = start + BEGIN.length;
    String label =
        new String(
            memory.asSlice(from, lineEnd - DASHES.length - from).toArray(ValueLayout.JAVA_BYTE),
            StandardCharsets.US_ASCII);
    return new ArmorReader(memory, limit).read(label, start, lineEnd);
  }
}
