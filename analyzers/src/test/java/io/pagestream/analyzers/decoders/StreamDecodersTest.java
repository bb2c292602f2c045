package io.pagestream.analyzers.decoders;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import io.pagestream.schemas.lz.XpressHuffman;
import io.pagestream.schemas.lz.XpressPlain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Each decoder with whole, truncated and damaged streams. */
final class StreamDecodersTest {
  private static final String SCALE =
      "F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D E E F# D E F# G F# D E"
          + " F# G F# E D E A F# F# G A A G F# E D D E F# E D D\0";

  private final DecodedBytes out = new DecodedBytes(256 * 1024);

  @Test
  void theStreamsOfOtherProgramsAreDecoded() {
    Streams.DECODERS.forEach((name, decoder) -> {
      try (StreamDecoder one = decoder.get()) {
        assertThat(decode(one, Streams.of(name))).as(name).isEqualTo(Outcome.WHOLE);
        assertThat(text()).as(name).isEqualTo(Streams.text());
      }
    });
  }

  @Test
  void aTruncatedStreamYieldsTheBeginningOfItsContent() {
    Streams.DECODERS.forEach((name, decoder) -> {
      byte[] stream = Streams.of(name);
      try (StreamDecoder one = decoder.get()) {
        for (int length = 16; length < stream.length; length++) {
          if (decode(one, Arrays.copyOf(stream, length)) == Outcome.CUT) {
            assertThat(Streams.text()).as("%s cut at %d", name, length).startsWith(text());
          }
        }
      }
    });
  }

  @Test
  void aWrongChecksumDisprovesAStream() {
    for (String name : new String[] {"zlib-best", "zip", "bzip2", "xz", "zstd", "lz4", "snappy"}) {
      byte[] damaged = Streams.of(name).clone();
      int checksum =
          switch (name) {
            case "zip" -> 14;
            case "bzip2", "snappy" -> 14;
            case "xz" -> damaged.length - 40;
            default -> damaged.length - 1;
          };
      damaged[checksum] ^= 0x10;
      try (StreamDecoder decoder = Objects.requireNonNull(Streams.DECODERS.get(name)).get()) {
        assertThat(decode(decoder, damaged)).as(name).isEqualTo(Outcome.NOT);
      }
    }
  }

  @Test
  void theExamplesOfXpressAreDecoded() {
    XpressPlain plain = new XpressPlain();
    byte[] repeated = Streams.of("xpress-plain-ms-xca-abc");
    out.clear();
    assertThat(plain.decode(shown(repeated), 0, repeated.length, out)).isEqualTo(Outcome.WHOLE);
    assertThat(text()).isEqualTo("abc".repeat(100));
    byte[] alphabet = Streams.of("xpress-plain-ms-xca-alphabet");
    out.clear();
    plain.decode(shown(alphabet), 0, alphabet.length, out);
    assertThat(text()).isEqualTo("abcdefghijklmnopqrstuvwxyz");
    XpressHuffman huffman = new XpressHuffman();
    out.clear();
    assertThat(huffman.decode(shown(Streams.of("xpress-huffman-ms-xca-alphabet")), 0, 26, out))
        .isEqualTo(Outcome.WHOLE);
    assertThat(text()).isEqualTo("abcdefghijklmnopqrstuvwxyz");
    assertThat(decode(new MamFile(), Streams.mam())).isEqualTo(Outcome.WHOLE);
    assertThat(text()).isEqualTo("abc".repeat(100));
  }

  @Test
  void aBlockOfAHibernationFileIsDecoded() {
    byte[] block = Streams.hibernationBlock();
    assertThat(decode(new HiberfilBlock(), block)).isEqualTo(Outcome.WHOLE);
    assertThat(text()).hasSize(4096).startsWith("abcabcabc");
    assertThat(decode(new HiberfilBlock(), Arrays.copyOf(block, 40))).isEqualTo(Outcome.NOT);
  }

  @Test
  void theExampleOfLznt1IsDecoded() {
    byte[] stream = Streams.concat(Streams.of("lznt1-ms-xca"), new byte[2]);
    assertThat(decode(new Lznt1Chunks(), stream)).isEqualTo(Outcome.WHOLE);
    assertThat(text()).isEqualTo(SCALE);
  }

  @Test
  void anXzStreamIsDecodedToTheEdge() throws IOException {
    StringBuilder content = new StringBuilder();
    Random random = new Random(7);
    while (content.length() < 40_000) {
      content.append("line of user%d@example.org%n".formatted(random.nextInt(1 << 30)));
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (XZOutputStream stream = new XZOutputStream(packed, new LZMA2Options(0))) {
      stream.write(content.toString().getBytes(ISO_8859_1));
    }
    byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    assertThat(decode(new XzStream(), half)).isEqualTo(Outcome.CUT);
    assertThat(out.length()).isBetween(content.length() / 3, content.length() * 2 / 3);
    assertThat(content.toString()).startsWith(text());
  }

  private Outcome decode(StreamDecoder decoder, byte[] stream) {
    out.clear();
    return decoder.decode(shown(stream), out);
  }

  private static EncodedBytes shown(byte[] stream) {
    EncodedBytes in = new EncodedBytes();
    in.show(stream, 0, stream.length, stream.length);
    return in;
  }

  private String text() {
    return new String(out.array(), 0, out.length(), ISO_8859_1);
  }
}
