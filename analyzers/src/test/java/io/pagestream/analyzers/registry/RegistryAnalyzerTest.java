package io.pagestream.analyzers.registry;

import static io.pagestream.analyzers.records.RecordSamples.binary;
import static io.pagestream.analyzers.records.RecordSamples.damaged;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.records.RecordSamples;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RegistryAnalyzerTest extends AnalyzerContract {
  private static final byte[] HIVE = RecordSamples.bytes("hive.gz");
  private static final byte[] HEADER = Arrays.copyOf(HIVE, 512);
  private static final byte[] LAST_BIN = Arrays.copyOfRange(HIVE, 0x5000, 0x6000);
  private static final byte[] KEY = Arrays.copyOfRange(HIVE, 0x1140, 0x1140 + 88);

  @Override
  protected String analyzer() {
    return "registry";
  }

  @Override
  protected List<Sample> samples() {
    byte[] free = KEY.clone();
    free[0] = 0x58;
    Arrays.fill(free, 1, 4, (byte) 0);
    byte[] shorter = Arrays.copyOf(LAST_BIN, 64);
    return List.of(
        Sample.of("hive", HEADER, hive("valid")),
        Sample.of("hive with another checksum", damaged(HEADER, 508), hive("invalid")),
        Sample.of("bin", binOnly(LAST_BIN), bin(Map.of("cells-in-use", "1", "free-cells", "1"))),
        Sample.of("bin without its end", shorter, bin(Map.of())),
        Sample.of("key", KEY, key(Map.of())),
        Sample.of("key in a free cell", free, key(Map.of("deleted", "true"))),
        Sample.of("hive with another version", damaged(HEADER, 20)),
        Sample.of("bin at no page", damaged(binOnly(LAST_BIN), 4)),
        Sample.of("key with an odd parent", damaged(KEY, 20)),
        Sample.of("key without a time", damaged(KEY, 15)),
        Sample.of("key with a longer name than its cell", damaged(KEY, 76)),
        Sample.of("key with unknown flags", damaged(KEY, 7)));
  }

  /** One cell in use, the rest free. */
  private static byte[] binOnly(byte[] bin) {
    byte[] copy = Arrays.copyOf(bin, 4096);
    Arrays.fill(copy, 32, 4096, (byte) 0);
    copy[32] = (byte) 0xe0;
    Arrays.fill(copy, 33, 36, (byte) 0xff);
    copy[64] = (byte) 0xc0;
    copy[65] = 0x0f;
    return copy;
  }

  private static Found hive(String checksum) {
    return binary(
        0,
        "registry-hive",
        512,
        "registry hive 1.3",
        Map.of(
            "version", "1.3",
            "type", "hive",
            "checksum", checksum,
            "dirty", "false",
            "root-cell", "0x20",
            "declared-size", "20480",
            "last-written", "2021-05-08T15:22:02.5223965Z"));
  }

  private static Found bin(Map<String, String> more) {
    Map<String, String> attributes = new HashMap<>(more);
    attributes.putAll(Map.of("offset", "0x4000", "size", "4096"));
    return binary(0, "registry-hbin", 32, "hive bin at 0x4000, 4096 bytes", attributes);
  }

  private static Found key(Map<String, String> more) {
    Map<String, String> attributes = new HashMap<>(more);
    attributes.putAll(
        Map.of(
            "last-written", "2021-05-08T15:22:00.2052532Z",
            "parent-cell", "0x20",
            "subkeys", "0",
            "values", "1"));
    return new Found("registry-key", 0, 81, "1", Encoding.ASCII, attributes);
  }

  /** The list is hivexml's. */
  @Test
  void findsTheKeysThatAnIndependentParserLists() {
    String rows = new String(RecordSamples.bytes("hive-keys.tsv"), StandardCharsets.UTF_8);
    assertThat(RecordSamples.findings(RegistryAnalyzer::new, HIVE))
        .filteredOn(found -> found.kind().equals("registry-key"))
        .extracting(found ->
            "%d\t%s\t%.19sZ"
                .formatted(found.address(), found.value(), found.attributes().get("last-written")))
        .containsExactlyInAnyOrderElementsOf(rows.lines().toList());
  }
}
