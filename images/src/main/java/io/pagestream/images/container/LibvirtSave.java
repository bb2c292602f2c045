package io.pagestream.images.container;

import io.pagestream.images.source.BigEndian;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.doubt.DoubtReason;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code virsh save} and {@code virsh managedsave} (libvirt {@code
 * src/qemu/qemu_saveimage.h}): 0 16 bytes magic, then u32 numbers in the byte order of the host: 16
 * version, 20 length of what follows the header (the domain's XML and a cookie), 24 whether the
 * machine was running, 28 compression, 32 offset of the cookie; 92 bytes in total. After them is a
 * migration stream of QEMU, compressed or not.
 */
final class LibvirtSave {
  private static final int MAGIC_BYTES = 16;
  private static final byte[] MAGIC = "LibvirtQemudSave".getBytes(StandardCharsets.ISO_8859_1);

  /** In place of the magic until the file is complete. */
  private static final byte[] PARTIAL = "LibvirtQemudPart".getBytes(StandardCharsets.ISO_8859_1);

  private static final int HEADER = 92;

  /** QEMU's stream, or gzip, bzip2, xz, lzop or zstd around it. */
  private static final List<byte[]> STREAMS =
      Stream.of("QEVM", "\u001f\u008b", "BZh", "\u00fd7zXZ", "\u0089LZO", "(\u00b5/\u00fd")
          .map(magic -> magic.getBytes(StandardCharsets.ISO_8859_1))
          .toList();

  /** Versions since 2009; a larger number has the other byte order. */
  private static final int LARGEST_VERSION = 0xffff;

  /** Compression with a layout of its own: the pages of RAM are not in the stream (mapped-ram). */
  private static final int SPARSE = 6;

  private LibvirtSave() {}

  static boolean recognises(MemorySegment header) {
    return begins(header, MAGIC) || begins(header, PARTIAL);
  }

  private static boolean begins(MemorySegment header, byte[] magic) {
    return header.byteSize() >= MAGIC_BYTES
        && header.asSlice(0, MAGIC_BYTES).mismatch(MemorySegment.ofArray(magic)) == -1;
  }

  /**
   * The stream in a file, which it takes over.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if there is none
   */
  static ImageBytes open(ImageBytes bytes) {
    MemorySegment header = bytes.require(0, HEADER, "the header of the libvirt save file");
    boolean big = LittleEndian.u32(header, MAGIC_BYTES) > LARGEST_VERSION;
    long length = number(header, 20, big);
    if (number(header, 28, big) == SPARSE) {
      throw bytes.unsupported(
          "is a libvirt save file of QEMU in the format 'sparse', which is not supported",
          "save the machine again with save_image_format = \"raw\", or take 'virsh dump"
              + " --memory-only'");
    }
    if (!bytes.contains(HEADER, length) || HEADER + length == bytes.length()) {
      throw bytes.truncated(HEADER, "the XML of the libvirt save file, before QEMU's stream");
    }
    requireStream(bytes, HEADER + length);
    return new Stretch(bytes, HEADER + length, partial(header, bytes));
  }

  /** Anything else, taken for raw memory, would be at wrong addresses. */
  private static void requireStream(ImageBytes bytes, long offset) {
    MemorySegment first = bytes.require(offset, MAGIC_BYTES, "the stream of the libvirt save file");
    if (STREAMS.stream()
        .noneMatch(
            magic -> first.asSlice(0, magic.length).mismatch(MemorySegment.ofArray(magic)) == -1)) {
      throw bytes.unsupported(
          "is a libvirt save file without a migration stream of QEMU at offset 0x%x, which is not supported"
              .formatted(offset),
          "save the machine again, or take 'virsh dump --memory-only'");
    }
  }

  private static @Nullable DoubtfulBytes partial(MemorySegment header, ImageBytes bytes) {
    return begins(header, PARTIAL)
        ? new DoubtfulBytes(
            DoubtReason.TRUNCATED,
            0,
            0,
            bytes.name()
                + ": libvirt did not complete this save file; copy it again or save the machine again")
        : null;
  }

  private static long number(MemorySegment header, int offset, boolean big) {
    return big ? BigEndian.u32(header, offset) : LittleEndian.u32(header, offset);
  }

  /** The rest of a file from an offset on. */
  private static final class Stretch implements ImageBytes {
    private final ImageBytes bytes;
    private final long start;
    private final @Nullable DoubtfulBytes doubt;

    Stretch(ImageBytes bytes, long start, @Nullable DoubtfulBytes doubt) {
      this.bytes = bytes;
      this.start = start;
      this.doubt = doubt;
    }

    @Override
    public String name() {
      return bytes.name();
    }

    @Override
    public long length() {
      return bytes.length() - start;
    }

    @Override
    public long storedLength() {
      return bytes.storedLength();
    }

    @Override
    public long read(long offset, MemorySegment destination) {
      return offset < 0 ? 0 : bytes.read(start + offset, destination);
    }

    @Override
    public List<DoubtfulBytes> doubts() {
      List<DoubtfulBytes> all = new ArrayList<>();
      for (DoubtfulBytes known : bytes.doubts()) {
        long from = Math.max(0, known.offset() - start);
        long length = known.end() <= start ? 0 : known.length();
        all.add(new DoubtfulBytes(known.reason(), from, length, known.message()));
      }
      if (doubt != null) {
        all.add(doubt);
      }
      return all;
    }

    @Override
    public void close() {
      bytes.close();
    }
  }
}
