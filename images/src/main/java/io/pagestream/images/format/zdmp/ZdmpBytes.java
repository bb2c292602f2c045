package io.pagestream.images.format.zdmp;

import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Lznt1;
import io.pagestream.schemas.lz.Outcome;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** The dump, decompressed block by block when it is read. The block read last is kept. */
final class ZdmpBytes implements ImageBytes {
  private final ImageBytes file;
  private final ZdmpHeader header;
  private final ZdmpBlocks blocks;
  private final byte[] data;
  private final EncodedBytes in = new EncodedBytes();
  private final DecodedBytes content;
  private long kept = -1;
  private int keptBytes;

  ZdmpBytes(ImageBytes file, ZdmpHeader header) {
    this.file = file;
    this.header = header;
    this.blocks = ZdmpBlocks.read(file, header);
    this.data = new byte[header.blockBytes()];
    this.content = new DecodedBytes(header.blockBytes());
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long length() {
    return header.contentBytes();
  }

  @Override
  public long storedLength() {
    return file.storedLength();
  }

  @Override
  public List<DoubtfulBytes> doubts() {
    List<DoubtfulBytes> doubts = new ArrayList<>(blocks.doubts());
    // Each block that is read has a correct checksum: doubts about the file concern no page.
    file.doubts().stream()
        .map(doubt -> new DoubtfulBytes(doubt.reason(), 0, 0, doubt.message()))
        .forEach(doubts::add);
    return doubts;
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    long done = 0;
    while (done < destination.byteSize() && offset + done < length()) {
      long at = offset + done;
      long block = at / header.blockBytes();
      int from = (int) (at % header.blockBytes());
      if (block != kept) {
        kept = block;
        keptBytes = decode(block);
      }
      long size =
          Math.min(destination.byteSize() - done, Math.min(keptBytes - from, length() - at));
      if (size <= 0) {
        return done;
      }
      MemorySegment.copy(MemorySegment.ofArray(content.array()), from, destination, done, size);
      done += size;
    }
    return done;
  }

  /** Decompresses a block; returns the length of its content, 0 if it is damaged. */
  private int decode(long block) {
    long offset = blocks.offset(block);
    MemorySegment head = MemorySegment.ofArray(new byte[ZdmpBlocks.HEAD_BYTES]);
    if (offset < 0 || file.read(offset, head) != head.byteSize()) {
      return 0;
    }
    int size = (int) LittleEndian.u32(head, 4);
    MemorySegment stored = MemorySegment.ofArray(data).asSlice(0, size);
    if (file.read(offset + ZdmpBlocks.HEAD_BYTES, stored) != size) {
      return 0;
    }
    CRC32 crc = new CRC32();
    crc.update(data, 0, size);
    if ((int) crc.getValue() != LittleEndian.i32(head, 8)) {
      return 0;
    }
    in.show(data, 0, size, size);
    content.clear();
    if (size == header.blockBytes()) {
      content.put(in, 0, size);
      return size;
    }
    if (Lznt1.decode(in, 0, size, content) == Outcome.NOT) {
      return 0;
    }
    // A block whose content is shorter than usual is filled with zeros.
    Arrays.fill(content.array(), content.length(), header.blockBytes(), (byte) 0);
    return header.blockBytes();
  }

  @Override
  public void close() {
    file.close();
  }
}
