package io.pagestream.images.format.avml;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyDecompressor;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The content of all blocks, one after the other, decompressed chunk by chunk when it is read. The
 * chunks read last are kept. A chunk whose checksum is wrong cannot be read.
 */
final class AvmlBytes implements ImageBytes {
  private static final int KEPT_CHUNKS = 32;
  private static final int MASK = 0xa282ead8;

  private final ImageBytes file;
  private final ChunkIndex index;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment packed =
      arena.allocate(2L * SnappyChunk.MOST_CONTENT + SnappyChunk.HEAD_BYTES);
  private final SnappyDecompressor snappy = SnappyDecompressor.create();
  private final Map<Long, Content> kept =
      new LinkedHashMap<>(KEPT_CHUNKS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Content> eldest) {
          if (size() > KEPT_CHUNKS) {
            spare = eldest.getValue().bytes();
            return true;
          }
          return false;
        }
      };
  private @Nullable MemorySegment spare;

  /**
   * A decompressed chunk.
   *
   * @param start offset of its first byte in the content of all blocks
   * @param length its length; 0 if it is damaged
   * @param chunk the chunk
   */
  private record Content(long start, int length, MemorySegment bytes, SnappyChunk chunk) {
    long end() {
      return start + chunk.contentBytes();
    }
  }

  private @Nullable Content last;

  AvmlBytes(ImageBytes file, ChunkIndex index) {
    this.file = file;
    this.index = index;
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long length() {
    return index.length();
  }

  @Override
  public long storedLength() {
    return file.storedLength();
  }

  /**
   * Doubts about the file. They concern no page: each chunk that is read has a correct checksum.
   */
  @Override
  public List<DoubtfulBytes> doubts() {
    return file.doubts().stream()
        .map(doubt -> new DoubtfulBytes(doubt.reason(), 0, 0, doubt.message()))
        .toList();
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    long done = 0;
    while (done < destination.byteSize() && offset + done < length()) {
      Content content = at(offset + done);
      int from = content == null ? 0 : (int) (offset + done - content.start());
      if (content == null || content.length() <= from) {
        return done;
      }
      long size = Math.min(content.length() - from, destination.byteSize() - done);
      MemorySegment.copy(content.bytes(), from, destination, done, size);
      done += size;
    }
    return done;
  }

  /** The chunk with a byte of the content; null if it is no longer in the file. */
  private @Nullable Content at(long offset) {
    Content near = last;
    if (near != null && offset >= near.start() && offset < near.end()) {
      return near;
    }
    // Reading goes on with the next chunk, or starts at the last noted one.
    boolean follows = near != null && offset == near.end() && !isNoted(offset);
    int noted = follows ? 0 : index.before(offset);
    long start = follows && near != null ? near.end() : index.contentOffset(noted);
    long fileOffset = follows && near != null ? near.chunk().endOffset() : index.fileOffset(noted);
    while (true) {
      Optional<SnappyChunk> chunk = SnappyChunk.at(file, fileOffset);
      if (chunk.isEmpty()) {
        return null;
      }
      if (offset < start + chunk.get().contentBytes()) {
        last = content(start, chunk.get());
        return last;
      }
      start += chunk.get().contentBytes();
      fileOffset = chunk.get().endOffset();
    }
  }

  /** Whether the chunk at an offset is noted: it may begin a block, and then follows no other. */
  private boolean isNoted(long offset) {
    return index.contentOffset(index.before(offset)) == offset;
  }

  private Content content(long start, SnappyChunk chunk) {
    Content known = kept.get(start);
    if (known == null) {
      MemorySegment buffer = spare == null ? arena.allocate(SnappyChunk.MOST_CONTENT) : spare;
      spare = null;
      known = new Content(start, unpack(chunk, buffer), buffer, chunk);
      kept.put(start, known);
    }
    return known;
  }

  /** Decompresses a chunk; returns its length, or 0 if it is damaged. */
  private int unpack(SnappyChunk chunk, MemorySegment target) {
    MemorySegment body = packed.asSlice(0, chunk.bodyBytes());
    if (file.read(chunk.offset() + SnappyChunk.HEAD_BYTES, body) != body.byteSize()) {
      return 0;
    }
    MemorySegment data = body.asSlice(SnappyChunk.CHECKSUM_BYTES);
    if (chunk.isCompressed()) {
      try {
        if (snappy.decompress(data, target) != chunk.contentBytes()) {
          return 0;
        }
      } catch (MalformedInputException | IllegalArgumentException e) {
        return 0;
      }
    } else {
      target.copyFrom(data);
    }
    CRC32C checksum = new CRC32C();
    checksum.update(target.asSlice(0, chunk.contentBytes()).asByteBuffer());
    int value = (int) checksum.getValue();
    int masked = (value >>> 15 | value << 17) + MASK;
    return masked == LittleEndian.i32(body, 0) ? chunk.contentBytes() : 0;
  }

  @Override
  public void close() {
    arena.close();
    file.close();
  }
}
