package io.pagestream.analyzers.volume;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.schemas.avro.Confidence;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * LUKS version 2 (LUKS2 On-Disk Format Specification 1.1, section 2.1): a binary header of one
 * block of 4,096 bytes, of which 512 are used, and an area with JSON. A checksum covers both. In
 * memory, the JSON often is in other pages: a header with valid fields is reported with medium
 * confidence if the checksum cannot be verified, and with high confidence if it is right.
 */
final class Luks2 {
  /** Bytes of the binary header. */
  static final int BYTES = 4096;

  private static final int USED_BYTES = 512;
  private static final int HEADER_SIZE = 8;
  private static final int SEQUENCE = 16;
  private static final int LABEL = 24;
  private static final int LABEL_BYTES = 48;
  private static final int ALGORITHM = 72;
  private static final int ALGORITHM_BYTES = 32;
  private static final int UUID = 168;
  private static final int UUID_BYTES = 40;
  private static final int SUBSYSTEM = 208;
  private static final int HEADER_OFFSET = 256;
  private static final int PADDING = 264;
  private static final int PADDING_BYTES = 184;
  private static final int CHECKSUM = 448;
  private static final int CHECKSUM_BYTES = 64;
  private static final long MIN_SIZE = 16 * 1024;
  private static final long MAX_SIZE = 4 * 1024 * 1024;

  private Luks2() {}

  /**
   * Reports a header, whose first {@link #BYTES} bytes are visible, if it is one.
   *
   * @param primary whether it has the magic of the first of both copies
   * @param limit offset after the last byte that is read
   */
  static void find(
      MemorySegment memory, int start, int limit, boolean primary, FindingSink findings) {
    LuksHeader header = new LuksHeader(memory, start);
    long size = header.s64(HEADER_SIZE);
    String label = header.text(LABEL, LABEL_BYTES);
    String algorithm = header.text(ALGORITHM, ALGORITHM_BYTES);
    String uuid = header.uuid(UUID, UUID_BYTES);
    if (size < MIN_SIZE
        || size > MAX_SIZE
        || Long.bitCount(size) != 1
        || header.s64(HEADER_OFFSET) != (primary ? 0 : size)
        || label == null
        || algorithm == null
        || algorithm.isEmpty()
        || uuid == null
        || header.text(SUBSYSTEM, LABEL_BYTES) == null
        || !header.isZero(PADDING, PADDING_BYTES)
        || !header.isZero(USED_BYTES, BYTES - USED_BYTES)) {
      return;
    }
    String checksum = checksum(memory, start, size, limit, algorithm);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("version", "2");
    attributes.put("copy", primary ? "first" : "second");
    attributes.put("header-size", Long.toString(size));
    attributes.put("sequence", Long.toUnsignedString(header.s64(SEQUENCE)));
    attributes.put("checksum", checksum);
    if (!label.isEmpty()) {
      attributes.put("label", label);
    }
    Confidence confidence = checksum.equals("valid") ? Confidence.HIGH : Confidence.MEDIUM;
    findings.found(LuksHeader.KIND, start, BYTES, uuid, Encoding.BINARY, attributes, confidence);
  }

  /** Whether the checksum is {@code valid}, {@code wrong}, or {@code not-verified}. */
  private static String checksum(
      MemorySegment memory, int start, long size, int limit, String algorithm) {
    if (size > limit - start || !algorithm.equals("sha256")) {
      return "not-verified";
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] bytes = memory.asSlice(start, size).toArray(ValueLayout.JAVA_BYTE);
      sha256.update(bytes, 0, CHECKSUM);
      sha256.update(new byte[CHECKSUM_BYTES]);
      int rest = CHECKSUM + CHECKSUM_BYTES;
      sha256.update(bytes, rest, bytes.length - rest);
      byte[] digest = sha256.digest();
      for (int i = 0; i < digest.length; i++) {
        if (digest[i] != bytes[CHECKSUM + i]) {
          return "wrong";
        }
      }
      return "valid";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
