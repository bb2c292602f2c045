package io.pagestream.images.format.qcow2;

import io.pagestream.images.source.BigEndian;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;

/**
 * The header of a qcow2 file (QEMU docs/interop/qcow2, "Header"), big endian: 0 magic, 4 u32
 * version, 20 u32 cluster bits, 24 u64 size of the disk, 32 u32 encryption, 60 u32 number of
 * snapshots, 64 u64 their offset; from version 3 on 72 u64 incompatible features.
 *
 * @param clusterBits logarithm of the cluster size
 * @param diskBytes size of the disk
 * @param snapshots number of snapshots
 * @param snapshotsOffset where the first begins
 * @param extended whether entries of second-level tables have 16 bytes
 */
record QcowHeader(
    int clusterBits, long diskBytes, long snapshots, long snapshotsOffset, boolean extended) {
  /** 'Q' 'F' 'I' FB. */
  static final int MAGIC = 0x514649fb;

  private static final int BYTES_V2 = 72;
  private static final int BYTES_V3 = 80;
  private static final long EXTERNAL_DATA = 1 << 2;
  private static final long EXTENDED_L2 = 1 << 4;

  static QcowHeader read(ImageBytes bytes) {
    MemorySegment header = bytes.require(0, BYTES_V2, "the qcow2 header");
    long version = BigEndian.u32(header, 4);
    if (BigEndian.i32(header, 0) != MAGIC || version < 1 || version > 3) {
      throw bytes.corrupt(0, "no qcow2 header of a known version");
    }
    if (version == 1) {
      throw withoutMemory(bytes);
    }
    if (BigEndian.u32(header, 32) != 0) {
      throw bytes.unsupported(
          "is an encrypted qcow2 disk image", "decrypt it first with 'qemu-img convert'");
    }
    long features =
        version < 3 ? 0 : BigEndian.i64(bytes.require(0, BYTES_V3, "the qcow2 header"), 72);
    if ((features & EXTERNAL_DATA) != 0) {
      throw bytes.unsupported(
          "is a qcow2 disk image whose data is in another file",
          "load the snapshot with 'qemu-system -loadvm' and take 'dump-guest-memory'");
    }
    long clusterBits = BigEndian.u32(header, 20);
    long size = BigEndian.i64(header, 24);
    if (clusterBits < 9 || clusterBits > 21 || size < 0) {
      throw bytes.corrupt(
          20, "clusters of 2^%d bytes on a disk of %d bytes".formatted(clusterBits, size));
    }
    return new QcowHeader(
        (int) clusterBits,
        size,
        BigEndian.u32(header, 60),
        BigEndian.i64(header, 64),
        (features & EXTENDED_L2) != 0);
  }

  /** The refusal of a disk without saved memory. */
  static PagestreamException withoutMemory(ImageBytes bytes) {
    return bytes.unsupported(
        "is a QEMU disk image (qcow2) without a snapshot that holds memory ('savevm')",
        "a disk does not contain memory; if it holds a memory image, copy the image from it"
            + " (qemu-img convert, guestfish, mount)");
  }

  /** Length of an entry of a second-level table. */
  int entryBytes() {
    return extended ? 16 : 8;
  }

  /** Logarithm of the number of bytes that a second-level table describes. */
  int tableBits() {
    return clusterBits + clusterBits - (extended ? 4 : 3);
  }
}
