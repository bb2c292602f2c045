package io.pagestream.analyzers.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.contract.SyntheticMemory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers were written by cryptsetup 2.6.1. */
final class VolumeKeysAnalyzerTest extends AnalyzerContract {
  /** The numbers 0, 1, 11,111, 65,535, 12,345, 54,321, 30,000 and 42, times 11. */
  private static final String RECOVERY_KEY =
      "000000-000011-122221-720885-135795-597531-330000-000462";

  private static final String UUID2 = "3d83da8b-b78e-433f-a3da-4c2fd857172b";

  @Override
  protected String analyzer() {
    return "volume-keys";
  }

  @Override
  protected List<Sample> samples() {
    byte[] luks1 = HexFormat.of().parseHex(resource("luks1.hex"));
    return List.of(
        Sample.of("ASCII", ascii(RECOVERY_KEY), recoveryKey(0, 55, Encoding.ASCII)),
        Sample.of(
            "UTF-16LE",
            RECOVERY_KEY.getBytes(StandardCharsets.UTF_16LE),
            recoveryKey(0, 110, Encoding.UTF_16LE)),
        Sample.of(
            "in a text",
            ascii("Recovery Key:\r\n" + RECOVERY_KEY + "\r\n"),
            recoveryKey(15, 55, Encoding.ASCII)),
        Sample.of("not divisible by 11", ascii(RECOVERY_KEY.replace("000462", "000463"))),
        Sample.of("too large", ascii(RECOVERY_KEY.replace("720885", "720896"))),
        Sample.of("nine groups", ascii(RECOVERY_KEY + "-000011")),
        Sample.of("LUKS1", luks1, LUKS1));
  }

  private static final Found LUKS1 =
      new Found(
          "luks-header",
          0,
          592,
          "9cb59631-1a68-4aca-8a93-293694a34463",
          Encoding.BINARY,
          Map.of(
              "version", "1",
              "cipher", "aes-xts-plain64",
              "hash", "sha256",
              "key-bits", "512",
              "payload-sector", "4096",
              "active-key-slots", "1"));

  @Test
  void verifiesTheChecksumOfBothCopies() {
    byte[] header = luks2();
    assertThat(find(header))
        .containsExactly(luks2("first", "valid"), luks2("second", "valid").movedBy(16384));
    header[5000] ^= 1;
    assertThat(find(header))
        .containsExactly(luks2("first", "wrong"), luks2("second", "valid").movedBy(16384));
    assertThat(find(Arrays.copyOf(header, 4096))).containsExactly(luks2("first", "not-verified"));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 14, 72, 175, 263, 300, 600, 4095})
  void refusesHeadersWithOneWrongField(int offset) {
    byte[] header = Arrays.copyOf(luks2(), 16384);
    header[offset] = 1;
    assertThat(find(header)).isEmpty();
  }

  @Test
  void refusesPlaceholders() {
    assertThat(find(ascii("000000-".repeat(8)))).isEmpty();
    assertThat(find(ascii("111111-".repeat(7) + "111111"))).isEmpty();
  }

  private Set<Found> find(byte[] bytes) {
    try (Analyzer analyzer = newAnalyzer()) {
      return new SyntheticMemory(bytes, 0).whole(analyzer);
    }
  }

  private static Found recoveryKey(int at, int length, Encoding encoding) {
    return Found.at(at, "bitlocker-recovery-key", length, RECOVERY_KEY, encoding);
  }

  private static Found luks2(String copy, String checksum) {
    return new Found(
        "luks-header",
        0,
        4096,
        UUID2,
        Encoding.BINARY,
        Map.of(
            "version", "2",
            "copy", copy,
            "header-size", "16384",
            "sequence", "3",
            "checksum", checksum,
            "label", "evidence"));
  }

  /** Both copies of a header. */
  private static byte[] luks2() {
    byte[] compressed = Base64.getDecoder().decode(resource("luks2.gz.base64"));
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = VolumeKeysAnalyzerTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
