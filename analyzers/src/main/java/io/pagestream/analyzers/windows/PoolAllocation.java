package io.pagestream.analyzers.windows;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pool allocation of a 64-bit kernel. Its header (_POOL_HEADER): size of the previous block at 0,
 * pool index at 1, size of this block at 2, pool type at 3, tag at 4; sizes are in units of 16
 * bytes. Blocks lie within a page. The header that follows repeats the size of this block, except
 * in the pools of Windows 10 1903 and later; there, the object's own header is the only
 * confirmation.
 */
final class PoolAllocation {
  static final RecordFormat FORMAT =
      RecordFormat.withAnchorAt(3, PoolObject.ANCHOR, 5, PoolAllocation::describe);

  private static final int UNIT = 16;
  private static final int PAGE = 4096;

  /** Objects are preceded by the pool header and by the 48 bytes of _OBJECT_HEADER. */
  private static final int FIRST_OBJECT = 0x30;

  /** Optional headers before the object, at most. */
  private static final int LAST_OBJECT = 0xd0;

  private PoolAllocation() {}

  private static @Nullable Artifact describe(RecordBytes bytes) {
    int inPage = bytes.misalignment(PAGE);
    if (inPage % UNIT != 0 || !bytes.has(0, UNIT)) {
      return null;
    }
    PoolObject object = PoolObject.of(bytes.s32(4));
    int previous = UNIT * bytes.u8(0);
    int size = UNIT * bytes.u8(2);
    if (object == null
        || size < object.minBytes()
        || size > PAGE - inPage
        || previous > inPage
        || !bytes.has(0, size)) {
      return null;
    }
    boolean chained = isChained(bytes, size, inPage);
    int start = object.hasType() ? object(bytes, object, size) : -1;
    if (!chained && start < 0 && (object.hasType() || previous != 0)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("tag", object.tag());
    attributes.put("pool", (bytes.u8(3) & 1) == 0 ? "nonpaged" : "paged");
    attributes.put("next-header", chained ? "consistent" : "not confirmed");
    if (start > 0) {
      attributes.put("object-offset", "0x%x".formatted(start));
    }
    String value = "%s, %d bytes".formatted(object.tag(), size);
    Confidence confidence = chained || start > 0 ? Confidence.MEDIUM : Confidence.LOW;
    return new Artifact(object.kind(), size, value, Encoding.BINARY, attributes, confidence);
  }

  /** Whether the next header, if it is in the same page, states the size of this block. */
  private static boolean isChained(RecordBytes bytes, int size, int inPage) {
    if (inPage + size == PAGE || !bytes.has(size, UNIT)) {
      return false;
    }
    int nextSize = UNIT * bytes.u8(size + 2);
    return UNIT * bytes.u8(size) == size
        && nextSize > 0
        && nextSize <= PAGE - inPage - size
        && isTag(bytes, size + 4);
  }

  private static boolean isTag(RecordBytes bytes, int offset) {
    for (int i = 0; i < 4; i++) {
      int next = bytes.u8(offset + i) & (i == 3 ? 0x7f : 0xff);
      if (next < ' ' || next > '~') {
        return false;
      }
    }
    return true;
  }

  /** Offset of the object in the allocation, or -1. */
  private static int object(RecordBytes bytes, PoolObject object, int size) {
    for (int offset = FIRST_OBJECT;
        offset <= LAST_OBJECT && offset <= size - UNIT;
        offset += UNIT) {
      if (object.beginsWith(bytes.u16(offset), bytes.u16(offset + 2), size - offset)) {
        return offset;
      }
    }
    return -1;
  }
}
