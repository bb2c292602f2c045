package io.pagestream.analyzers.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.MachineSpeed;
import io.pagestream.analyzers.contract.SyntheticMemory;
import io.pagestream.schemas.finding.Location;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known values, limits and false positives of the analyzer of network traffic. */
final class NetworkChecksTest {
  private static List<Found> find(byte[] bytes) {
    try (Analyzer analyzer = new NetworkAnalyzer(AnalyzerOptions.none("network"))) {
      return List.copyOf(new SyntheticMemory(bytes, 0).whole(analyzer));
    }
  }

  private static NetworkBytes shown(byte[] bytes) {
    NetworkBytes shown = new NetworkBytes();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(bytes.length);
      MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
      shown.copy(new Window(memory, Location.physical(0), 0, bytes.length), 0, 0);
    }
    return shown;
  }

  /** The example of RFC 1071, section 3. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 127, 128, 129, 255})
  void sumsAsTheStandardDoes(int offset) {
    byte[] bytes = new byte[offset + 8];
    System.arraycopy(HexFormat.of().parseHex("0001f203f4f5f6f7"), 0, bytes, offset, 8);
    InternetChecksum checksum = new InternetChecksum(shown(bytes));
    checksum.restart();
    assertThat(checksum.sum(offset, offset + 8)).isEqualTo(0xddf2);
  }

  @Test
  void sumsOfBlocksEqualSumsOfWords() {
    byte[] bytes = new byte[2000];
    new Random(3).nextBytes(bytes);
    InternetChecksum checksum = new InternetChecksum(shown(bytes));
    checksum.restart();
    for (int from = 0; from < 600; from += 7) {
      for (int to = from; to < bytes.length; to += 129) {
        long sum = 0;
        for (int at = from; at < to; at++) {
          sum += (bytes[at] & 0xff) << ((at - from) % 2 == 0 ? 8 : 0);
        }
        assertThat(checksum.sum(from, to)).isEqualTo(InternetChecksum.fold(sum));
      }
    }
  }

  /** The values that the authors of JA3 publish for these fields. */
  @ParameterizedTest
  @CsvSource({
    "hello-ja3, ada70206e40642a3e4461f35503241d5, t10d120300_d94e65cdb899_33a13ba74d1c",
    "hello-pyja3, 2aef69b4ba1938c3a400de4188743185, t10d360400_77f462745360_a875e5012fde"
  })
  void fingerprintsAsPublished(String name, String ja3, String ja4) {
    assertThat(find(Packets.bytes(name)))
        .singleElement()
        .satisfies(found ->
            assertThat(found.attributes()).containsEntry("ja3", ja3).containsEntry("ja4", ja4));
  }

  /** The examples of JA4's description for protocols that are not alphanumeric. */
  @ParameterizedTest
  @CsvSource({
    "ab, ab",
    "20, 20",
    "abcd, ad",
    "2061, 21",
    "30ab, 3b",
    "6120, 60",
    "3031abcd, 3d",
    "30abcd31, 01",
    "61, aa",
    "6832, h2"
  })
  void shortensProtocolsAsDescribed(String hex, String expected) {
    ClientHello hello = ClientHello.empty(0x303);
    byte[] bytes = HexFormat.of().parseHex(hex);
    hello.protocols().add(new String(bytes, StandardCharsets.ISO_8859_1));
    assertThat(TlsFingerprint.ja4(hello)).startsWith("t12i0000" + expected + "_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-dns-loop", "x-dns-record", "x-hello-name"})
  void findsNothingIfSomethingIsWrongInTheSamePage(String name) {
    assertThat(find(Packets.bytes(name))).isEmpty();
  }

  @Test
  void findsTheBeginningIfTheNextPageBelongsToSomethingElse() {
    byte[] memory = new byte[2 * 4096];
    byte[] hello = Packets.bytes("hello-ja4");
    System.arraycopy(hello, 0, memory, 4096 - 200, 200);
    assertThat(find(memory))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.kind()).isEqualTo("tls-client-hello");
          assertThat(found.value()).isEqualTo("www.example.org");
          assertThat(found.length()).isEqualTo(200);
          assertThat(found.attributes()).containsEntry("cut", "true").doesNotContainKey("ja3");
        });
    byte[] response = Packets.bytes("dns-response");
    Arrays.fill(memory, (byte) 0xff);
    System.arraycopy(response, 0, memory, 4096 - 60, 60);
    assertThat(find(memory))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.value()).isEqualTo("www.example.com A");
          assertThat(found.attributes()).containsEntry("cut", "true");
        });
  }

  @Test
  void findsTheHeaderOfAPacketThatMemoryDoesNotHoldInFull() {
    byte[] whole = Packets.bytes("udp-dns");
    assertThat(find(Arrays.copyOf(whole, 60)))
        .filteredOn(found -> found.kind().equals("packet"))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.length()).isEqualTo(42);
          assertThat(found.attributes())
              .containsEntry("cut", "true")
              .containsEntry("checksum", "ip-header")
              .containsEntry("original-length", "86");
        });
  }

  /** In compressed memory, the first bytes of a packet may be as they are and the next not. */
  @Test
  void findsAHeaderAlone() {
    byte[] packet = jumbo(1500);
    Arrays.fill(packet, 24, 40, (byte) 0);
    assertThat(find(packet))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.kind()).isEqualTo("packet");
          assertThat(found.value()).isEqualTo("UDP 10.0.0.1 > 10.0.0.2");
          assertThat(found.length()).isEqualTo(20);
          assertThat(found.attributes())
              .containsEntry("original-length", "1500")
              .doesNotContainKey("destination-port");
        });
    byte[] longer = jumbo(1501);
    Arrays.fill(longer, 24, 40, (byte) 0);
    assertThat(find(longer)).isEmpty();
    packet[8]++;
    assertThat(find(packet)).isEmpty();
  }

  @Test
  void limitsTheBytesThatThePacketsOfAPageContain() {
    byte[] jumbo = jumbo(9000);
    byte[] memory = new byte[64 * 1024];
    for (int at = 0; at + jumbo.length < memory.length; at += jumbo.length) {
      System.arraycopy(jumbo, 0, memory, at, jumbo.length);
    }
    assertThat(find(memory))
        .filteredOn(found -> found.kind().equals("packet"))
        .hasSize(7)
        .allSatisfy(found -> {
          assertThat(found.length()).isEqualTo(9000);
          assertThat(found.attributes().get("bytes")).hasSize(2 * PacketReport.SNAP_BYTES);
        });
    PageBudget budget = new PageBudget();
    budget.restart(2);
    for (int n = 0; n < 8; n++) {
      assertThat(budget.spend(1, 2048)).isTrue();
    }
    assertThat(budget.spend(1, 1)).isFalse();
    assertThat(budget.spend(0, 1)).isTrue();
  }

  /** A UDP packet of the given length with valid checksums. */
  private static byte[] jumbo(int length) {
    byte[] packet = new byte[length];
    new Random(8).nextBytes(packet);
    byte[] header = HexFormat.of().parseHex("45000000000040004011" + "0000" + "0a0000010a000002");
    System.arraycopy(header, 0, packet, 0, 20);
    put(packet, 2, length);
    put(packet, 24, length - 20);
    put(packet, 20, 5000);
    put(packet, 22, 5001);
    put(packet, 10, 0);
    put(packet, 10, ~sum(packet, 0, 20) & 0xffff);
    put(packet, 26, 0);
    int pseudo = sum(packet, 12, 20) + 17 + length - 20;
    put(packet, 26, ~InternetChecksum.fold((long) pseudo + sum(packet, 20, length)) & 0xffff);
    return packet;
  }

  private static int sum(byte[] bytes, int from, int to) {
    long sum = 0;
    for (int at = from; at < to; at++) {
      sum += (bytes[at] & 0xff) << ((at - from) % 2 == 0 ? 8 : 0);
    }
    return InternetChecksum.fold(sum);
  }

  private static void put(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }

  @Test
  void findsNothingInRandomAndCompressedBytes() throws Exception {
    Random random = new Random(20);
    byte[] noise = new byte[4 << 20];
    random.nextBytes(noise);
    assertThat(find(noise)).isEmpty();
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
      for (int n = 0; n < 200_000; n++) {
        out.write(("line " + random.nextInt(1 << 20) + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
    assertThat(find(compressed.toByteArray())).isEmpty();
  }

  @Test
  void bearsTenThousandMutations() {
    Random random = new Random(21);
    List<byte[]> all = Packets.all();
    NetworkAnalyzer analyzer = new NetworkAnalyzer(AnalyzerOptions.none("network"));
    for (int n = 0; n < 10_000; n++) {
      byte[] bytes = all.get(n % all.size()).clone();
      for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(1, bytes.length + 1);
      new SyntheticMemory(Arrays.copyOf(bytes, length), 0).whole(analyzer);
    }
  }

  /** Headers that are valid everywhere, and claim to be as long as can be verified. */
  @Test
  void takesLinearTimeForHeadersThatOverlap() {
    byte[] memory = new byte[1 << 19];
    byte[] header = Arrays.copyOf(jumbo(9000), 28);
    for (int at = 0; at + 28 <= memory.length; at += 28) {
      System.arraycopy(header, 0, memory, at, 28);
    }
    assertThat(timed(memory)).hasSize(2 * (memory.length / 28));
    for (String start : List.of("0800450000", "86dd600000", "4500", "6000", "160301", "160303")) {
      byte[] bytes = HexFormat.of().parseHex(start);
      for (int at = 0; at < memory.length; at++) {
        memory[at] = bytes[at % bytes.length];
      }
      assertThat(timed(memory)).isEmpty();
    }
  }

  private static Set<Found> timed(byte[] memory) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Set<Found> found = Set.copyOf(find(memory));
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    assertThat(Duration.ofNanos(nanos)).isLessThan(MachineSpeed.limit(Duration.ofSeconds(2)));
    return found;
  }
}
