package io.pagestream.images.container;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Compresses pieces so that each can be decompressed without the others. */
enum Compressions {
  GZIP(Wrapping.GZIP) {
    @Override
    byte[] piece(byte[] plain) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(plain);
      }
      return out.toByteArray();
    }
  },
  ZSTD(Wrapping.ZSTD) {
    @Override
    byte[] piece(byte[] plain) {
      try (ZstdCompressCtx context = new ZstdCompressCtx()) {
        return context.setChecksum(true).setContentSize(true).compress(plain);
      }
    }
  },
  XZ(Wrapping.XZ) {
    @Override
    byte[] piece(byte[] plain) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(0))) {
        xz.write(plain);
      }
      return out.toByteArray();
    }
  };

  private final Wrapping wrapping;

  Compressions(Wrapping wrapping) {
    this.wrapping = wrapping;
  }

  abstract byte[] piece(byte[] plain) throws IOException;

  Wrapping wrapping() {
    return wrapping;
  }

  /** Compressed pieces, one after the other. */
  List<byte[]> pieces(List<byte[]> plain) {
    List<byte[]> pieces = new ArrayList<>();
    for (byte[] one : plain) {
      try {
        pieces.add(piece(one));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return pieces;
  }

  static byte[] join(List<byte[]> pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
