package io.pagestream.analyzers.keys;

import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.avro.Confidence;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the keys of Linux's {@code xts} template (crypto/xts.c) over the C implementation of AES
 * (crypto/aes_generic.c). The template has two transforms of its own, one for each key. Each is a
 * {@code struct crypto_tfm} whose last field, {@code __crt_alg}, points to the algorithm and is
 * directly followed by a {@code struct crypto_aes_ctx}. Both come from the cache of objects of 1
 * KiB, usually from the same slab.
 *
 * <p>Two schedules are joined if both have a valid key length, the same pointer to the algorithm,
 * the same offset in their objects, and if both are in the same aligned 32 KiB. Transforms do not
 * tell which of the two keys is which. dm-crypt (drivers/md/dm-crypt.c, {@code struct
 * crypt_config}) also keeps the whole key; if the two keys follow each other in the bytes between
 * the first schedule and the end of the slab, this proves the pair and its order. Otherwise a
 * schedule is joined only with the one later schedule whose key is nowhere else in these bytes, and
 * if there are more than one, with none.
 */
final class KernelTransforms {
  /** Bytes of the largest slab: order 3 (mm/slub.c, slub_max_order), pages of 4 KiB. */
  static final int SLAB_BYTES = 32 * 1024;

  /** Size of the objects of a transform's slab. */
  static final int OBJECT_BYTES = 1024;

  /** Bytes before a schedule that are examined: the pointer to the algorithm. */
  static final int BEFORE = Long.BYTES;

  private static final String LAYOUT = "linux-transforms";
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The upper 16 bits of addresses in the kernel's half on 64-bit processors. */
  private static final long KERNEL_HALF = 0xffff;

  private final XtsKeys keys;

  KernelTransforms(XtsKeys keys) {
    this.keys = keys;
  }

  /** A transform with a schedule. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Transform(int start, byte[] key, long firstBytes) {
    static Transform of(int start, String key) {
      byte[] bytes = HexFormat.of().parseHex(key);
      return new Transform(start, bytes, MemorySegment.ofArray(bytes).get(LONG, 0));
    }

    /** Whether its key, whose bytes are visible, is at an offset. */
    boolean isKeyAt(MemorySegment bytes, int at) {
      return bytes.get(LONG, at) == firstBytes
          && MemorySegment.mismatch(
                  bytes, at, at + key.length, MemorySegment.ofArray(key), 0, key.length)
              < 0;
    }
  }

  /** Reports the key whose first schedule in memory is this one, if it is a transform's. */
  void join(Window window, AesSize size, int start, String key, FindingSink findings) {
    int position = (int) (window.alignmentOf(start) & (SLAB_BYTES - 1));
    int end = Math.min(window.limit(), start + SLAB_BYTES - position);
    long algorithm = start < BEFORE ? 0 : window.bytes().get(LONG, start - BEFORE);
    if (algorithm >>> 48 != KERNEL_HALF
        || (algorithm & 7) != 0
        || !fits(start, end)
        || !XtsLayout.isKernelContext(size, window.bytes(), start)) {
      return;
    }
    List<Transform> all = new ArrayList<>();
    all.add(Transform.of(start, key));
    for (int at = start + OBJECT_BYTES; fits(at, end); at += OBJECT_BYTES) {
      if (window.bytes().get(LONG, at - BEFORE) == algorithm
          && XtsLayout.isKernelContext(size, window.bytes(), at)) {
        String other = keys.keyAt(window, size, at);
        if (other != null && !other.equals(key)) {
          all.add(Transform.of(at, other));
        }
      }
    }
    pair(window, size, end, all, findings);
  }

  private static boolean fits(int start, int end) {
    return start + XtsLayout.KEY_LENGTH_OFFSET + Integer.BYTES <= end;
  }

  private void pair(
      Window window, AesSize size, int end, List<Transform> all, FindingSink findings) {
    boolean[] paired = new boolean[all.size()];
    for (int at = aligned(window, all.get(0).start()); at <= end - 2 * 4 * size.keyWords; at += 8) {
      for (int data = 0; data < all.size(); data++) {
        if (all.get(data).isKeyAt(window.bytes(), at) && isOutside(at, all)) {
          int tweak = follower(window, at, data, all);
          if (tweak >= 0 && !paired[data] && !paired[tweak] && Math.min(data, tweak) == 0) {
            report(size, all.get(data), all.get(tweak), null, findings);
          }
          // The key that precedes or follows this one may be that of a transform not in the list.
          paired[data] = true;
          if (tweak >= 0) {
            paired[tweak] = true;
          }
        }
      }
    }
    int partner = onlyUnpaired(paired);
    if (partner > 0) {
      report(size, all.get(0), all.get(partner), Confidence.LOW, findings);
      report(size, all.get(partner), all.get(0), Confidence.LOW, findings);
    }
  }

  /** Whether an offset is in none of the transforms, whose schedules contain their keys. */
  private static boolean isOutside(int at, List<Transform> all) {
    for (Transform transform : all) {
      if (at >= transform.start() && at < transform.start() + XtsLayout.KEY_LENGTH_OFFSET) {
        return false;
      }
    }
    return true;
  }

  /**
   * The one transform that may belong to the first, or -1 if the first is paired or there are more.
   */
  private static int onlyUnpaired(boolean[] paired) {
    int partner = -1;
    for (int i = 1; i < paired.length; i++) {
      if (!paired[i]) {
        if (partner > 0) {
          return -1;
        }
        partner = i;
      }
    }
    return paired[0] ? -1 : partner;
  }

  private void report(
      AesSize size,
      Transform data,
      Transform tweak,
      @Nullable Confidence confidence,
      FindingSink findings) {
    String value = HexFormat.of().formatHex(data.key()) + HexFormat.of().formatHex(tweak.key());
    int start = Math.min(data.start(), tweak.start());
    int distance = Math.max(data.start(), tweak.start()) - start;
    keys.report(size, start, distance, value, LAYOUT, confidence, findings);
  }

  /** The first offset from {@code start} on whose address is a multiple of eight. */
  private static int aligned(Window window, int start) {
    return start + (int) (-window.alignmentOf(start) & 7);
  }

  /** The transform whose key follows that of {@code data} at an offset, or -1. */
  private static int follower(Window window, int at, int data, List<Transform> all) {
    int next = at + all.get(data).key().length;
    for (int i = 0; i < all.size(); i++) {
      if (i != data && all.get(i).isKeyAt(window.bytes(), next)) {
        return i;
      }
    }
    return -1;
  }
}
