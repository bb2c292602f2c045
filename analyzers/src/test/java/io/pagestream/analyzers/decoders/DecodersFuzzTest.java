package io.pagestream.analyzers.decoders;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import io.pagestream.schemas.lz.XpressHuffman;
import io.pagestream.schemas.lz.XpressPlain;

/**
 * A target for each decoder of streams. Decoders of text search for their anchors themselves: their
 * target is the analyzer {@code decoders}.
 */
class DecodersFuzzTest {
  private static final int ROOM = 64 * 1024;

  @FuzzTest
  void zlib(byte[] stream) {
    decode(new ZlibStream(), stream);
  }

  @FuzzTest
  void zip(byte[] stream) {
    decode(new ZipMember(), stream);
  }

  @FuzzTest
  void bzip2(byte[] stream) {
    decode(new Bzip2Stream(), stream);
  }

  @FuzzTest
  void xz(byte[] stream) {
    decode(new XzStream(), stream);
  }

  @FuzzTest
  void zstd(byte[] stream) {
    decode(new ZstdFrame(), stream);
  }

  @FuzzTest
  void lz4(byte[] stream) {
    decode(new Lz4Frame(), stream);
  }

  @FuzzTest
  void snappy(byte[] stream) {
    decode(new SnappyFrames(), stream);
  }

  @FuzzTest
  void mam(byte[] stream) {
    decode(new MamFile(), stream);
  }

  @FuzzTest
  void hibernation(byte[] stream) {
    decode(new HiberfilBlock(), stream);
  }

  @FuzzTest
  void lznt1(byte[] stream) {
    decode(new Lznt1Chunks(), stream);
  }

  @FuzzTest
  void xpressPlain(byte[] stream) {
    new XpressPlain().decode(shown(stream), 0, stream.length, new DecodedBytes(ROOM));
  }

  @FuzzTest
  void xpressHuffman(byte[] stream) {
    new XpressHuffman().decode(shown(stream), 0, ROOM, new DecodedBytes(ROOM));
  }

  /** No exception, and the same outcome and content again. */
  private static void decode(StreamDecoder decoder, byte[] stream) {
    try (decoder) {
      if (!Anchors.match(decoder, stream)) {
        return;
      }
      DecodedBytes once = new DecodedBytes(ROOM);
      DecodedBytes again = new DecodedBytes(ROOM);
      Outcome outcome = decoder.decode(shown(stream), once);
      if (decoder.decode(shown(stream), again) != outcome
          || (outcome != Outcome.NOT && once.crc32(0) != again.crc32(0))) {
        throw new AssertionError("not the same again: " + outcome);
      }
    }
  }

  private static EncodedBytes shown(byte[] stream) {
    EncodedBytes in = new EncodedBytes();
    in.show(stream, 0, stream.length, stream.length);
    return in;
  }
}
