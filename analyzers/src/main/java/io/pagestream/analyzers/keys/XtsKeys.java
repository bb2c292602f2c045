package io.pagestream.analyzers.keys;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.avro.Confidence;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins the two schedules of AES-XTS keys. The value is the data key followed by the tweak key, as
 * programs take it; the address is that of the schedule that comes first in memory. Attributes:
 * {@code bits} of each of the two keys, {@code layout}, {@code key-order}: {@code known}, or {@code
 * unknown} if memory does not tell which of the two is the data key. In the latter case both orders
 * are reported, with low confidence.
 */
final class XtsKeys {
  static final String KIND = "aes-xts-key";

  /** Bytes from the start of a schedule on in which the other one may lie. */
  static final int REACH = KernelTransforms.SLAB_BYTES;

  private final ScheduleDecoder decoder;
  private final KernelTransforms transforms;
  private final byte[] schedule = new byte[AesSize.AES_256.scheduleBytes()];

  /**
   * @param maxBitErrors wrong bits to tolerate in a schedule
   */
  XtsKeys(int maxBitErrors) {
    decoder = new ScheduleDecoder(maxBitErrors);
    transforms = new KernelTransforms(this);
  }

  /**
   * Reports the XTS keys whose first schedule in memory is this one.
   *
   * @param start offset of the schedule in the window
   * @param key its key in hex
   */
  void join(
      Window window, AesSize size, ScheduleUse use, int start, String key, FindingSink findings) {
    for (XtsLayout layout : XtsLayout.values()) {
      if ((use == ScheduleUse.ENCRYPTION || layout == XtsLayout.OPENSSL)
          && layout.bytes() <= window.limit() - start
          && layout.hasFieldsOf(size, window.bytes(), start)) {
        String other = keyAt(window, size, start + layout.distance);
        if (other != null && !other.equals(key)) {
          String value = layout.dataKeyFirst ? key + other : other + key;
          report(size, start, layout.distance, value, layout.word, null, findings);
          return;
        }
      }
    }
    if (use == ScheduleUse.ENCRYPTION) {
      transforms.join(window, size, start, key, findings);
    }
  }

  /** The key of the schedule for encryption at an offset whose bytes are visible, or null. */
  @Nullable String keyAt(Window window, AesSize size, int offset) {
    int length = size.scheduleBytes();
    MemorySegment.copy(window.bytes(), ValueLayout.JAVA_BYTE, offset, schedule, 0, length);
    return decoder.decode(size, ScheduleUse.ENCRYPTION, schedule, 0) < 0
        ? null
        : decoder.keyHex(size);
  }

  /**
   * Reports a key.
   *
   * @param confidence null if the order of the two keys is known
   */
  void report(
      AesSize size,
      int start,
      int distance,
      String value,
      String layout,
      @Nullable Confidence confidence,
      FindingSink findings) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("bits", Integer.toString(size.bits()));
    attributes.put("layout", layout);
    attributes.put("key-order", confidence == null ? "known" : "unknown");
    findings.found(
        KIND,
        start,
        distance + size.scheduleBytes(),
        value,
        Encoding.BINARY,
        attributes,
        confidence);
  }
}
