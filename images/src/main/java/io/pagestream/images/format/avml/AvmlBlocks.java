package io.pagestream.images.format.avml;

import io.pagestream.images.format.Segment;
import io.pagestream.images.interval.OverlapSweep;
import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a file: a header, a snappy stream, and 8 bytes with the length of the stream. If a
 * block is damaged, the next one is searched for.
 */
final class AvmlBlocks {
  private static final int TRAILER_BYTES = 8;
  private static final int SEARCH_BYTES = 1 << 20;
  private static final int MOST_BLOCKS = Segment.MOST;

  /** Bytes that the file lacks rank behind those that it has. */
  private static final long LOST_RANK = 1L << 32;

  /** Marks them: no stored memory has such a source. */
  private static final long LOST_SOURCE = -(1L << 61);

  private static final String AGAIN = "; copy the image again or acquire it again";

  private final ImageBytes bytes;
  private final ChunkIndex index = new ChunkIndex();
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Doubt> doubts = new ArrayList<>();

  private AvmlBlocks(ImageBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads the headers of all blocks and chunks.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if there is no block
   */
  static AvmlBlocks read(ImageBytes bytes) {
    AvmlBlocks blocks = new AvmlBlocks(bytes);
    AvmlHeader next = blocks.headerAt(0);
    if (next == null) {
      throw bytes.corrupt(0, "no complete block of AVML");
    }
    while (next != null) {
      if (blocks.pieces.size() >= MOST_BLOCKS) {
        throw bytes.corrupt(next.offset(), "more than %,d blocks".formatted(MOST_BLOCKS));
      }
      long end = blocks.add(next);
      next = end >= bytes.length() ? null : blocks.headerAt(end);
    }
    return blocks;
  }

  /** Where the chunks are. */
  ChunkIndex index() {
    return index;
  }

  /** Doubts about the blocks. */
  List<Doubt> doubts() {
    return doubts;
  }

  /** The memory, with positions in the content of all blocks. */
  List<Segment> segments() {
    OverlapSweep.Result result = OverlapSweep.sweep(pieces);
    if (result.conflicts() > 0) {
      doubts.add(
          DoubtReason.OVERLAPPING_RANGES.of(
              "%s: %d blocks overlap others; the first of each in the file is used"
                  .formatted(bytes.name(), result.conflicts())));
    }
    return result.intervals().stream().map(AvmlBlocks::segment).toList();
  }

  private static Segment segment(Piece piece) {
    long offset = piece.rank() >= LOST_RANK ? Segment.LOST : piece.source();
    return new Segment(piece.start(), piece.end(), offset, piece.number(), RangeKind.RAM);
  }

  /** The header at an offset, or the next one; null if there is none. */
  private @Nullable AvmlHeader headerAt(long offset) {
    Optional<AvmlHeader> header = AvmlHeader.at(bytes, offset);
    if (header.isPresent()) {
      return header.get();
    }
    AvmlHeader next = search(offset);
    long end = next == null ? bytes.length() : next.offset();
    doubts.add(
        DoubtReason.SKIPPED_HEADER.of(
            "%s: no block of AVML at offset 0x%x; %,d bytes are given up%s"
                .formatted(bytes.name(), offset, end - offset, AGAIN)));
    return next;
  }

  private @Nullable AvmlHeader search(long from) {
    int headBytes = AvmlHeader.BYTES + AvmlHeader.IDENTIFIER_BYTES;
    MemorySegment buffer = MemorySegment.ofArray(new byte[SEARCH_BYTES]);
    long at = from;
    while (at < bytes.length()) {
      long size = bytes.read(at, buffer);
      for (long i = 0; i + headBytes <= size; i++) {
        if (LittleEndian.i32(buffer, i) == AvmlHeader.MAGIC) {
          Optional<AvmlHeader> header = AvmlHeader.of(buffer, i, at + i);
          if (header.isPresent()) {
            return header.get();
          }
        }
      }
      // Unreadable sectors are passed over.
      at += size < headBytes ? Math.max(512, size) : size - headBytes + 1;
    }
    return null;
  }

  /** Adds a block; returns the offset after it. */
  private long add(AvmlHeader header) {
    long contentStart = index.length();
    long at = header.dataOffset();
    index.beginBlock();
    long content = 0;
    while (content < header.size()) {
      Optional<SnappyChunk> chunk = SnappyChunk.at(bytes, at);
      if (chunk.isEmpty()) {
        return lose(header, contentStart, content, at);
      }
      if (chunk.get().contentBytes() > 0) {
        index.add(chunk.get());
        content += chunk.get().contentBytes();
      }
      at = chunk.get().endOffset();
    }
    add(header, header.start() + header.size(), contentStart);
    if (content > header.size()) {
      doubts.add(
          DoubtReason.HEADER_CONTRADICTION.of(
              "%s: the block at offset 0x%x has %,d bytes more than its header claims"
                  .formatted(bytes.name(), header.offset(), content - header.size())));
    }
    return afterTrailer(header, at);
  }

  private void add(AvmlHeader header, long end, long contentStart) {
    int number = pieces.size();
    pieces.add(new Piece(header.start(), end, contentStart, number, number));
  }

  /**
   * The rest of a block is not in the file, or its chunks cannot be found. Returns the offset at
   * which to go on.
   */
  private long lose(AvmlHeader header, long contentStart, long content, long at) {
    long lost = header.start() + content;
    if (content > 0) {
      add(header, lost, contentStart);
    }
    int number = pieces.size();
    pieces.add(new Piece(lost, header.end(), LOST_SOURCE + lost, LOST_RANK + number, number));
    boolean ends = bytes.length() - at < SnappyChunk.MOST_CONTENT && search(at) == null;
    DoubtReason reason = ends ? DoubtReason.TRUNCATED : DoubtReason.SKIPPED_HEADER;
    long start = Pages.floor(lost);
    doubts.add(
        reason.of(
            start,
            Pages.frameNumber(Pages.ceil(header.end()) - start),
            "%s: the block at offset 0x%x of the file %s at 0x%x%s"
                .formatted(
                    bytes.name(),
                    header.offset(),
                    ends ? "is truncated" : "is damaged",
                    at,
                    AGAIN)));
    return ends ? bytes.length() : at;
  }

  /**
   * The offset after the trailer, whose 8 bytes are the length of the stream. Chunks without
   * content may precede it.
   */
  private long afterTrailer(AvmlHeader header, long from) {
    MemorySegment trailer = MemorySegment.ofArray(new byte[TRAILER_BYTES]);
    long at = from;
    while (true) {
      long there = bytes.read(at, trailer);
      if (there == TRAILER_BYTES && LittleEndian.i64(trailer, 0) == at - header.dataOffset()) {
        return at + TRAILER_BYTES;
      }
      Optional<SnappyChunk> chunk = SnappyChunk.at(bytes, at);
      if (chunk.isEmpty() || chunk.get().contentBytes() > 0) {
        break;
      }
      at = chunk.get().endOffset();
    }
    doubts.add(
        DoubtReason.HEADER_CONTRADICTION.of(
            "%s: the block at offset 0x%x does not end with its length"
                .formatted(bytes.name(), header.offset())));
    boolean headerFollows = from >= bytes.length() || AvmlHeader.at(bytes, from).isPresent();
    return headerFollows ? from : Math.min(from + TRAILER_BYTES, bytes.length());
  }
}
