package io.pagestream.images.format.kdump;

import com.github.luben.zstd.ZstdCompressCtx;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.images.writing.ByteOrders;
import io.pagestream.images.writing.FrameBitmapWriter;
import io.pagestream.images.writing.ImageOutput;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.images.writing.Losses;
import io.pagestream.images.writing.StoredMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes a kdump of header version 6 for 64-bit machines, the layout of {@link KdumpHeader} and
 * {@link KdumpSubHeader}: headers, a bitmap of the memory and one of the stored pages, a descriptor
 * for each stored page, and the pages, compressed one by one. All pages of zeros share one
 * descriptor's data.
 */
public final class KdumpWriter implements ImageWriter {
  private static final int VERSION = 6;

  /** The VMCOREINFO text, in the sub header's block. */
  private static final int VMCOREINFO_OFFSET = KdumpHeader.BLOCK + 512;

  private static final int UTSNAME_FIELD = 65;

  /** The compression of pages. */
  public enum Compression {
    /** zlib: read by every version of crash and makedumpfile. */
    ZLIB,
    /** zstd: faster and smaller; crash 8 and makedumpfile 1.7.1. */
    ZSTD
  }

  private final Compression compression;

  /** A writer. */
  public KdumpWriter(Compression compression) {
    this.compression = compression;
  }

  @Override
  public String name() {
    return compression == Compression.ZLIB ? "kdump" : "kdump-zstd";
  }

  @Override
  public String description() {
    return compression == Compression.ZLIB
        ? "kdump, each page compressed with zlib"
        : "kdump, each page compressed with zstd (crash 8, makedumpfile 1.7.1)";
  }

  @Override
  public Losses losses() {
    return Losses.NONE;
  }

  @Override
  public void write(StoredMemory memory, ImageOutput output)
      throws IOException, InterruptedException {
    ByteOrders.requireLittle(memory, name());
    long limit = memory.frameLimit();
    long bitmapBlocks = 2 * blocks((limit + 7) / 8);
    byte[] vmcoreinfo =
        memory
            .facts()
            .machine()
            .vmcoreInfo()
            .map(VmcoreInfo::text)
            .orElse("")
            .getBytes(StandardCharsets.ISO_8859_1);
    long subBlocks = blocks(VMCOREINFO_OFFSET - KdumpHeader.BLOCK + vmcoreinfo.length);
    output.append(header(memory, limit, subBlocks, bitmapBlocks));
    output.write(KdumpHeader.BLOCK, subHeader(memory, limit, vmcoreinfo.length));
    output.write(VMCOREINFO_OFFSET, ByteBuffer.wrap(vmcoreinfo));
    long bitmaps = (1 + subBlocks) * KdumpHeader.BLOCK;
    long half = bitmapBlocks / 2 * KdumpHeader.BLOCK;
    FrameBitmapWriter.write(memory.describedRanges(), half, bitmaps, output);
    FrameBitmapWriter.write(memory.stored(), half, bitmaps + half, output);
    long descriptors = bitmaps + 2 * half;
    long data = descriptors + memory.counts().stored() * Descriptors.SIZE;
    try (PageCompressor compressor = compressor();
        PageDataWriter pages = new PageDataWriter(output, descriptors, data, compressor)) {
      memory.forEachBlock((physicalAddress, bytes) -> pages.add(bytes));
    }
  }

  private PageCompressor compressor() {
    return switch (compression) {
      case ZLIB -> new PageCompressor.Zlib();
      case ZSTD -> new PageCompressor.Zstandard(new ZstdCompressCtx().setLevel(1));
    };
  }

  private ByteBuffer header(StoredMemory memory, long limit, long subBlocks, long bitmapBlocks) {
    MachineFacts machine = memory.facts().machine();
    ByteBuffer header = ImageOutput.header(KdumpHeader.BLOCK);
    header.put("KDUMP   ".getBytes(StandardCharsets.US_ASCII)).putInt(VERSION);
    text(header, 12, machine.kernelRelease().isPresent() ? "Linux" : "");
    text(header, 12 + 2 * UTSNAME_FIELD, machine.kernelRelease().orElse(""));
    text(header, 12 + 4 * UTSNAME_FIELD, machine.architecture().orElse("x86_64"));
    return header
        .position(KdumpLayout.WIDE.statusOffset())
        .putInt(compression == Compression.ZLIB ? PageCodecs.ZLIB : PageCodecs.ZSTD)
        .putInt(KdumpHeader.BLOCK)
        .putInt((int) subBlocks)
        .putInt((int) bitmapBlocks)
        .putInt((int) Math.min(limit, Integer.MAX_VALUE))
        .putInt(0)
        .putInt(0)
        .putInt((int) Math.min(memory.counts().stored(), Integer.MAX_VALUE))
        .putInt(0)
        .putInt(Math.max(1, machine.processors().size()))
        .rewind();
  }

  private static ByteBuffer subHeader(StoredMemory memory, long limit, int vmcoreinfoBytes) {
    KdumpLayout at = KdumpLayout.WIDE;
    ByteBuffer header = ImageOutput.header(VMCOREINFO_OFFSET - KdumpHeader.BLOCK);
    memory
        .facts()
        .machine()
        .vmcoreInfo()
        .ifPresent(info -> header.putLong(0, info.physicalBase().orElse(0)));
    if (vmcoreinfoBytes > 0) {
      header.putLong(at.vmcoreinfo(), VMCOREINFO_OFFSET);
      header.putLong(at.vmcoreinfo() + 8, vmcoreinfoBytes);
    }
    header.putLong(at.end64(), limit);
    header.putLong(at.limit64(), limit);
    return header;
  }

  private static void text(ByteBuffer header, int at, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    header.put(at, bytes, 0, Math.min(bytes.length, UTSNAME_FIELD - 1));
  }

  private static long blocks(long bytes) {
    return (bytes + KdumpHeader.BLOCK - 1) / KdumpHeader.BLOCK;
  }
}
