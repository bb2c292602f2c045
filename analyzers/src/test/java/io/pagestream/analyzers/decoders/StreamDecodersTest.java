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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Each decoder with whole, truncated and damaged streams. */
final class StreamDecodersTest {
  private static final String SCALE =
      "F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D E E F# D E F# G F# D E"
          + " F# G F# E D E A F# F# G A A G F# E D D E F# E D D\0";

  private static final Map<String, Supplier<StreamDecoder>> DECODERS =
      Map.ofEntries(
          Map.entry("zlib-best", ZlibStream::new),
          Map.entry("zlib-fast", ZlibStream::new),
          Map.entry("zlib-stored", ZlibStream::new),
          Map.entry("zip", ZipMember::new),
          Map.entry("zip-descriptor", ZipMember::new),
          Map.entry("bzip2", Bzip2Stream::new),
          Map.entry("xz", XzStream::new),
          Map.entry("zstd", ZstdFrame::new),
          Map.entry("zstd-no-checksum", ZstdFrame::new),
          Map.entry("lz4", Lz4Frame::new),
          Map.entry("lz4-linked-checksums", Lz4Frame::new),
          Map.entry("lz4-legacy", Lz4Frame::new),
          Map.entry("snappy", SnappyFrames::new),
          Map.entry("snappy-java", SnappyFrames::new),
          Map.entry("lznt1", Lznt1Chunks::new));

  private final DecodedBytes out = new DecodedBytes(256 * 1024);

  @Test
  void theStreamsOfOtherProgramsAreDecoded() {
    DECODERS.forEach((name, decoder) -> {
      try (StreamDecoder one = decoder.get()) {
        assertThat(decode(one, Streams.of(name))).as(name).isEqualTo(Outcome.WHOLE);
        assertThat(text()).as(name).isEqualTo(Streams.text());
      }
    });
  }

  @Test
  void aTruncatedStreamYieldsTheBeginningOfItsContent() {
    DECODERS.forEach((name, decoder) -> {
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
      try (StreamDecoder decoder = Objects.requireNonNull(DECODERS.get(name)).get()) {
        assertThat(decode(decoder, damaged)).as(name).isEqualTo(Outcome.NOT);
      }
    }
  }

  /** No exception, no endless loop, and nothing that a checksum disproves. */
  @Test
  void damagedStreamsAreBorne() {
    Random random = new Random(20_190_601);
    DECODERS.forEach((name, decoder) -> {
      byte[] stream = Streams.of(name);
      try (StreamDecoder one = decoder.get()) {
        int times = name.equals("xz") ? 100 : 700;
        for (int n = 0; n < times; n++) {
          byte[] damaged = stream.clone();
          for (int i = random.nextInt(3); i >= 0; i--) {
            damaged[10 + random.nextInt(damaged.length - 10)] ^= (byte) (1 << random.nextInt(8));
          }
          decode(one, damaged);
        }
      }
    });
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

  /** The repetition of MS-XCA, 3.1, with the length of a page. */
  @Test
  void aBlockOfAHibernationFileIsDecoded() {
    byte[] data = HexFormat.of().parseHex("ffffff1f61626317000ffffa0f");
    ByteBuffer block = ByteBuffer.allocate(32 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    block.put(HexFormat.of().parseHex("8181787072657373")).putInt((data.length - 1) << 10);
    block.position(32).put(data);
    assertThat(decode(new HiberfilBlock(), block.array())).isEqualTo(Outcome.WHOLE);
    assertThat(text()).hasSize(4096).startsWith("abcabcabc");
    assertThat(decode(new HiberfilBlock(), Arrays.copyOf(block.array(), 40)))
        .isEqualTo(Outcome.NOT);
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
