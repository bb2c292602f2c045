package io.pagestream.analyzers.decoders;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A zstd frame (RFC 8878, 3.1.1): 28 b5 2f fd, a header, blocks of at most 128 KiB of content, each
 * decoded as a whole, and often a checksum. Frames with a dictionary, or with a window of more than
 * 2^{@value #MAX_WINDOW_LOG} bytes, are not decoded.
 */
final class ZstdFrame implements StreamDecoder {
  static final String PATTERN = "\\x28\\xb5\\x2f\\xfd";
  private static final int MAX_WINDOW_LOG = 23;
  private static final int MIN_FRAME = 9;
  private static final int DESCRIPTOR = 4;
  private static final int RESERVED_BIT = 8;
  private static final int DICTIONARY_BITS = 3;

  /** Cost of preparing the decoder for another frame. */
  private static final int SETUP_UNITS = 16 * 1024;

  private @Nullable ZstdDecompressCtx context;
  private ByteBuffer source = ByteBuffer.allocateDirect(0);
  private ByteBuffer target = ByteBuffer.allocateDirect(0);

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    if (!in.has(0, MIN_FRAME) || (in.u8(DESCRIPTOR) & (RESERVED_BIT | DICTIONARY_BITS)) != 0) {
      return Outcome.NOT;
    }
    if (context == null) {
      context = new ZstdDecompressCtx();
      context.setLongMax(MAX_WINDOW_LOG);
    }
    if (source.capacity() < in.size()) {
      source = ByteBuffer.allocateDirect(Math.max(in.size(), source.capacity() * 2));
    }
    if (target.capacity() < out.room()) {
      target = ByteBuffer.allocateDirect(out.room());
    }
    source.clear().put(in.array(), in.arrayOffset(0), in.size()).flip();
    target.clear().limit(out.room());
    boolean finished = false;
    in.spend(SETUP_UNITS);
    try {
      context.reset();
      boolean progress = true;
      while (!finished && progress && target.hasRemaining()) {
        int before = source.remaining() + target.remaining();
        finished = context.decompressDirectByteBufferStream(target, source);
        progress = source.remaining() + target.remaining() < before;
      }
    } catch (ZstdException e) {
      return Outcome.NOT;
    } finally {
      in.spend(source.position() + target.position());
    }
    target.flip();
    int length = target.remaining();
    target.get(out.array(), 0, length);
    out.advance(length);
    return finished ? Outcome.WHOLE : Outcome.CUT;
  }

  @Override
  public void close() {
    if (context != null) {
      context.close();
    }
  }
}
