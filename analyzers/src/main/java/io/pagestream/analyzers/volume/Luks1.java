package io.pagestream.analyzers.volume;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import java.util.Map;
import java.util.TreeMap;

/**
 * LUKS version 1 (LUKS On-Disk Format Specification 1.2.3, {@code phdr}): 592 bytes with eight key
 * slots, each marked as active or not. All texts, numbers and marks are checked.
 */
final class Luks1 {
  static final int BYTES = 592;
  private static final int CIPHER = 8;
  private static final int MODE = 40;
  private static final int HASH = 72;
  private static final int TEXT_BYTES = 32;
  private static final int PAYLOAD_OFFSET = 104;
  private static final int KEY_BYTES = 108;
  private static final int ITERATIONS = 164;
  private static final int UUID = 168;
  private static final int UUID_BYTES = 40;
  private static final int SLOTS = 208;
  private static final int SLOT_BYTES = 48;
  private static final int SLOT_COUNT = 8;
  private static final int STRIPES = 44;
  private static final int MAX_KEY_BYTES = 512;
  private static final long ACTIVE = 0x00ac71f3L;
  private static final long INACTIVE = 0x0000deadL;

  private Luks1() {}

  /** Reports a header, whose {@link #BYTES} bytes are visible, if it is one. */
  static void find(LuksHeader header, int start, FindingSink findings) {
    String cipher = header.text(CIPHER, TEXT_BYTES);
    String mode = header.text(MODE, TEXT_BYTES);
    String hash = header.text(HASH, TEXT_BYTES);
    String uuid = header.uuid(UUID, UUID_BYTES);
    long keyBytes = header.u32(KEY_BYTES);
    int active = activeSlots(header);
    if (cipher == null
        || cipher.isEmpty()
        || mode == null
        || hash == null
        || hash.isEmpty()
        || uuid == null
        || active < 0
        || keyBytes < 1
        || keyBytes > MAX_KEY_BYTES
        || header.u32(ITERATIONS) == 0) {
      return;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("version", "1");
    attributes.put("cipher", mode.isEmpty() ? cipher : cipher + "-" + mode);
    attributes.put("hash", hash);
    attributes.put("key-bits", Long.toString(8 * keyBytes));
    attributes.put("payload-sector", Long.toString(header.u32(PAYLOAD_OFFSET)));
    attributes.put("active-key-slots", Integer.toString(active));
    findings.found(LuksHeader.KIND, start, BYTES, uuid, Encoding.BINARY, attributes);
  }

  /** Number of active key slots; -1 if one is invalid. */
  private static int activeSlots(LuksHeader header) {
    int active = 0;
    for (int i = 0; i < SLOT_COUNT; i++) {
      int slot = SLOTS + i * SLOT_BYTES;
      long mark = header.u32(slot);
      if ((mark != ACTIVE && mark != INACTIVE) || header.u32(slot + STRIPES) == 0) {
        return -1;
      }
      active += mark == ACTIVE ? 1 : 0;
    }
    return active;
  }
}
