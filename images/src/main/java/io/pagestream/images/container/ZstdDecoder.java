package io.pagestream.images.container;

import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.doubt.DoubtReason;
import java.io.EOFException;
import java.io.IOException;

/**
 * All frames of a zstd file, one after the other (RFC 8878). If a block is damaged or cannot be
 * read, the rest of its frame is lost and the next frame is decompressed; if the damaged frame
 * contains its content size, as written by {@code zstd}, the following data keeps its position.
 */
record ZstdDecoder(ReadLimits limits) implements Decoder {
  /** A block of 4 bytes represents at most 128 KiB. */
  private static final long MOST_RATIO = 1 << 15;

  @Override
  public void decode(CompressedInput input, PlainSink sink) throws IOException {
    int windowLog = Math.clamp(63 - Long.numberOfLeadingZeros(limits.decoderBytes()), 10, 31);
    try (ZstdFrame frame = new ZstdFrame(input, sink, windowLog)) {
      Pass pass = new Pass(limits, input, sink, frame);
      while (!sink.isFull() && pass.next()) {
        // Each pass decompresses a frame.
      }
    }
  }

  /** One pass through a file. */
  private static final class Pass {
    private final ReadLimits limits;
    private final CompressedInput input;
    private final PlainSink sink;
    private final ZstdFrame frame;
    private final StreamDoubts doubts;
    private boolean first = true;

    Pass(ReadLimits limits, CompressedInput input, PlainSink sink, ZstdFrame frame) {
      this.limits = limits;
      this.input = input;
      this.sink = sink;
      this.frame = frame;
      this.doubts = new StreamDoubts(input, sink);
    }

    /** Decompresses the next frame; false at the end. */
    boolean next() throws IOException {
      long at = input.position();
      if (at == input.length() && at > 0) {
        return false;
      }
      ZstdFrameHeader header;
      try {
        int magic = (int) input.u32();
        if ((magic & ~0xf) == ZstdFrameHeader.SKIPPABLE) {
          return skip(at, input.u32());
        }
        if (magic != ZstdFrameHeader.MAGIC) {
          return notAFrame(at);
        }
        header = ZstdFrameHeader.read(input);
      } catch (BadSector e) {
        doubts.unreadable(e);
        return search(e.next());
      } catch (EOFException e) {
        return trailing(at);
      } catch (IOException e) {
        if (first) {
          throw e;
        }
        return notAFrame(at);
      }
      limits.checkDecoder(
          input.name(), at, header.windowBytes(), "the zstd frame (--long, --ultra)");
      first = false;
      return frame(at, header);
    }

    private boolean skip(long at, long size) throws IOException {
      if (size > input.length() - input.position()) {
        return trailing(at);
      }
      input.seek(input.position() + size);
      return true;
    }

    private boolean frame(long at, ZstdFrameHeader header) {
      long start = sink.length();
      try {
        frame.decompress(header);
        return true;
      } catch (ZstdFrame.WrongChecksum e) {
        doubts.within(
            DoubtReason.ZSTD_CHECKSUM,
            start,
            sink.length() - start,
            "the zstd frame at offset 0x%x does not match its checksum: any of its bytes may be wrong"
                .formatted(at));
        return true;
      } catch (BadSector e) {
        doubts.unreadable(e);
      } catch (EOFException e) {
        doubts.truncated(", inside the zstd frame at offset 0x%x".formatted(at));
        return false;
      } catch (IOException e) {
        doubts.within(
            DoubtReason.DAMAGED_STREAM,
            start,
            sink.length() - start,
            "the zstd frame at offset 0x%x is damaged at offset 0x%x (%s): the rest of it is lost"
                .formatted(at, frame.blockStart(), e.getMessage()));
      }
      return resume(start, header);
    }

    /** Continues at the next frame, and marks the missing bytes of the previous one as lost. */
    private boolean resume(long start, ZstdFrameHeader header) {
      long block = frame.blockStart();
      if (!frame.skip(block, header)) {
        input.seek(ZstdSearch.next(input, block + 1));
      }
      long lost = start + header.contentBytes() - sink.length();
      long most = (input.position() - block) * MOST_RATIO;
      if (header.contentBytes() >= 0 && lost >= 0 && lost <= most) {
        sink.lose(lost);
      } else if (input.position() < input.length()) {
        doubts.moved("zstd frame", input.position());
      }
      return input.position() < input.length();
    }

    private boolean search(long from) {
      first = false;
      input.seek(ZstdSearch.next(input, from));
      boolean found = input.position() < input.length();
      if (found) {
        doubts.moved("zstd frame", input.position());
      }
      return found;
    }

    private boolean notAFrame(long at) throws IOException {
      if (first) {
        throw new IOException("there is no zstd frame");
      }
      long found = ZstdSearch.next(input, at + 1);
      if (found == input.length()) {
        return trailing(at);
      }
      doubts.onwards(
          DoubtReason.DAMAGED_STREAM,
          sink.length(),
          "%,d bytes at offset 0x%x, between zstd frames, are not a zstd frame: from there on, bytes may be at wrong addresses"
              .formatted(found - at, at));
      input.seek(found);
      return true;
    }

    private boolean trailing(long at) throws IOException {
      if (first) {
        throw new IOException("the file ends inside the first zstd frame header");
      }
      doubts.trailing(at, "zstd frame");
      return false;
    }
  }
}
