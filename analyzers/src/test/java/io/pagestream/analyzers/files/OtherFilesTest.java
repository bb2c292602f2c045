package io.pagestream.analyzers.files;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Formats with short headers, and memory that contains their magic numbers only. */
final class OtherFilesTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "files";
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        sample("header.7z", "7z", 32, "7z 0.4", Map.of("declared-size", "162")),
        sample("header5.rar", "rar", 23, "RAR 5", Map.of("encrypted", "false")),
        sample("log.bz2", "bzip2", 14, "bzip2", Map.of("block-size", "900000")),
        sample("log.zst", "zstd", 6, "zstd", Map.of()),
        sample(
            "lossless.webp",
            "webp",
            30,
            "WebP 16x8",
            Map.of("width", "16", "height", "8", "declared-size", "30")),
        sample(
            "binary.plist",
            "plist",
            123,
            "binary plist, 12 objects",
            Map.of("objects", "12", "declared-size", "123")),
        sample(
            "two.pcap",
            "pcap",
            24,
            "pcap, link type 1",
            Map.of(
                "link-type", "1", "packet-limit", "65535", "first-packet", "2023-11-14T22:13:20Z")),
        sample(
            "fat",
            "mach-o",
            48,
            "Mach-O universal x86-64,AArch64",
            Map.of("machine", "x86-64,AArch64", "type", "universal", "declared-size", "24832")),
        Sample.of("zstd's magic in code", bytes(0x81, 0x38, 0x28, 0xb5, 0x2f, 0xfd, 0x75, 0x12)),
        Sample.of("Java's magic in code", bytes(0x3d, 0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 0x34, 0, 9)),
        Sample.of(
            "GIF's magic in a table of names",
            "\0GIF87a\0GIF89a\0image/gif\0".getBytes(StandardCharsets.US_ASCII)));
  }

  private static Sample sample(
      String file, String kind, int length, String value, Map<String, String> attributes) {
    return Sample.of(
        file,
        Reported.vector(file),
        new Found(kind, 0, length, value, Encoding.BINARY, attributes));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
