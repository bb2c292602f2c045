package io.pagestream.analyzers.decoders;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The streams of {@code decoders/streams.txt}, which other programs have written. */
final class Streams {
  private static final Map<String, byte[]> ALL = read();

  /** The streams with {@link #text} as their content, and their decoders. */
  static final Map<String, Supplier<StreamDecoder>> DECODERS =
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

  private Streams() {}

  private static Map<String, byte[]> read() {
    try (InputStream file =
        Objects.requireNonNull(Streams.class.getResourceAsStream("/decoders/streams.txt"))) {
      Map<String, byte[]> all = new HashMap<>();
      new String(file.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> {
            int blank = line.indexOf(' ');
            all.put(line.substring(0, blank), HexFormat.of().parseHex(line.substring(blank + 1)));
          });
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A stream by its name. */
  static byte[] of(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  /** The content of all but the examples of MS-XCA. */
  static String text() {
    return new String(of("text"), StandardCharsets.US_ASCII);
  }

  /** A prefetch file that consists of the example of MS-XCA, 3.2. */
  static byte[] mam() {
    return concat(new byte[] {'M', 'A', 'M', 4, 44, 1, 0, 0}, of("xpress-huffman-ms-xca-abc"));
  }

  /** A block of a hibernation file: the repetition of MS-XCA, 3.1, with the length of a page. */
  static byte[] hibernationBlock() {
    byte[] data = HexFormat.of().parseHex("ffffff1f61626317000ffffa0f");
    ByteBuffer block = ByteBuffer.allocate(32 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    block.put(HexFormat.of().parseHex("8181787072657373")).putInt((data.length - 1) << 10);
    return block.position(32).put(data).array();
  }

  static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
