package io.pagestream.carve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.FindingLocation;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CarveFolderTest {
  private static final long START = 0x10000;

  @TempDir private Path temporary;
  private Path out;

  @BeforeEach
  void name() {
    out = temporary.resolve("carved");
  }

  @Test
  void copiesACompleteFile() throws IOException {
    byte[] gzip = gzip(70_000);
    byte[] memory = new byte[40 * Pages.SIZE];
    System.arraycopy(gzip, 0, memory, 700, gzip.length);
    CarveCounts counts = carve(memory, 1 << 20, 1 << 30, finding("gzip", 700, 10));
    assertThat(counts.complete()).isEqualTo(1);
    assertThat(carvedFile(".gz")).isEqualTo(gzip);
    assertThat(list())
        .containsExactly(
            ("{\"findingId\":\"%s\",\"imageId\":\"i\",\"image\":\"m.raw\",\"kind\":\"gzip\","
                    + "\"physicalAddress\":%d,\"file\":\"%s.gz\",\"size\":%d,\"sha256\":\"%s\","
                    + "\"extent\":\"complete\",\"verified\":true}")
                .formatted(id(700), START + 700, id(700), gzip.length, sha256(gzip)));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void cutsAFileAtTheEndOfMemory() throws IOException {
    byte[] gzip = gzip(70_000);
    byte[] memory = Arrays.copyOf(gzip, 4 * Pages.SIZE);
    CarveCounts counts = carve(memory, 1 << 20, 1 << 30, finding("gzip", 0, 10));
    assertThat(counts.cut()).isEqualTo(1);
    assertThat(carvedFile(".gz")).isEqualTo(memory);
    assertThat(list().getFirst()).contains("\"extent\":\"cut\"", "\"verified\":false");
  }

  @Test
  void cutsAFileAtItsLimit() throws IOException {
    byte[] memory = Arrays.copyOf(gzip(70_000), 40 * Pages.SIZE);
    carve(memory, 5000, 1 << 30, finding("gzip", 0, 10));
    assertThat(carvedFile(".gz")).isEqualTo(Arrays.copyOf(memory, 5000));
  }

  @Test
  void cutsADeclaredSizeBeyondAHole() throws IOException {
    byte[] memory = new byte[8 * Pages.SIZE];
    Arrays.fill(memory, (byte) 7);
    Finding elf = finding("elf", 100, 64, Map.of("declared-size", "9000000000"));
    carve(memory, 1 << 20, 1 << 30, elf);
    assertThat(carvedFile(".elf")).hasSize(memory.length - 100);
    assertThat(list().getFirst()).contains("\"extent\":\"cut\"");
  }

  @Test
  void carvesAnArchiveOnceAndNeverUsesItsNames() throws IOException {
    byte[] zip = zip("../../../etc/cron.d/evil", "/etc/passwd", "C:\\evil.exe");
    byte[] memory = Arrays.copyOf(zip, 4 * Pages.SIZE);
    List<Finding> entries = new ArrayList<>();
    for (int at = 0; at + 4 < zip.length; at++) {
      if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 3) {
        entries.add(finding("zip", at, 30, Map.of("name", "../../../etc/cron.d/evil")));
      }
    }
    CarveCounts counts = carve(memory, 1 << 20, 1 << 30, entries.toArray(Finding[]::new));
    assertThat(counts.contained()).isEqualTo(2);
    assertThat(carvedFile(".zip")).isEqualTo(zip);
    try (Stream<Path> files = Files.walk(temporary)) {
      assertThat(files.filter(Files::isRegularFile))
          .containsExactlyInAnyOrder(out.resolve(id(0) + ".zip"), out.resolve(CarveFolder.LIST));
    }
  }

  @Test
  void ignoresAlteredIdsAndOtherKinds() throws IOException {
    byte[] memory = Arrays.copyOf(gzip(10), Pages.SIZE);
    Finding altered = finding("gzip", 0, 10);
    altered.setFindingId("../../../../tmp/evil");
    Finding decoded = finding("gzip", 0, 10);
    decoded.setLocation(new FindingLocation("physical", START, "GZIP-0"));
    CarveCounts counts = carve(memory, 1 << 20, 1 << 30, altered, decoded, finding("email", 0, 10));
    assertThat(counts).isEqualTo(new CarveCounts(0, 0, 0, 0, 1, 0));
    assertThat(list()).isEmpty();
  }

  @Test
  void boundsAFloodOfHeaders() throws IOException {
    byte[] header = Arrays.copyOf(gzip(70_000), 40);
    byte[] memory = new byte[64 * Pages.SIZE];
    List<Finding> flood = new ArrayList<>();
    for (int at = 0; at + header.length <= memory.length; at += header.length) {
      System.arraycopy(header, 0, memory, at, header.length);
      flood.add(finding("gzip", at, 10));
      flood.add(finding("pe", at, 10, Map.of("declared-size", "4000000000")));
    }
    long budget = 100L * Pages.SIZE;
    CarveCounts counts = carve(memory, 1 << 30, budget, flood.toArray(Finding[]::new));
    assertThat(counts.bytes()).isLessThanOrEqualTo(budget);
    assertThat(counts.complete() + counts.cut() + counts.omitted()).isEqualTo(flood.size());
    assertThat(counts.omitted()).isPositive();
  }

  @Test
  void refusesAFolderThatIsNotEmpty() throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("other"), "x");
    assertThatThrownBy(() -> CarveFolder.create(out, new CarveLimits(1, 1)))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("not empty");
  }

  private CarveCounts carve(byte[] memory, long file, long disk, Finding... findings) {
    try (CarveFolder folder = CarveFolder.create(out, new CarveLimits(file, disk))) {
      folder.carve(new Image(memory), receiver -> List.of(findings).forEach(receiver));
      return folder.counts();
    }
  }

  private List<String> list() throws IOException {
    return Files.readAllLines(out.resolve(CarveFolder.LIST));
  }

  private byte[] carvedFile(String extension) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      Path only =
          files.filter(file -> file.toString().endsWith(extension)).findFirst().orElseThrow();
      return Files.readAllBytes(only);
    }
  }

  private static String id(int offset) {
    return "%032x".formatted(offset);
  }

  private static Finding finding(String kind, int offset, int length) {
    return finding(kind, offset, length, Map.of());
  }

  private static Finding finding(
      String kind, int offset, int length, Map<String, String> attributes) {
    return Finding.newBuilder()
        .setFindingId(id(offset))
        .setImageId("i")
        .setImage("m.raw")
        .setAnalyzer("files")
        .setKind(kind)
        .setValue("../../etc/passwd")
        .setLocation(new FindingLocation("physical", START + offset, ""))
        .setLength(length)
        .setEncoding("binary")
        .setRangeKind(RangeKind.RAM)
        .setCacheType(CacheType.WRITE_BACK)
        .setVerdict(VerdictKind.MAPPED)
        .setConfidence(Confidence.HIGH)
        .setAttributes(attributes)
        .build();
  }

  private static byte[] gzip(int size) throws IOException {
    byte[] text = new byte[size];
    new Random(size).nextBytes(text);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
      gzip.write(text);
    }
    return file.toByteArray();
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String name : names) {
        ZipEntry entry = new ZipEntry(name);
        byte[] content = name.repeat(9).getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        entry.setMethod(ZipEntry.STORED);
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
    return file.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Memory of whole pages from {@link #START} on. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Image(byte[] memory) implements MemoryImage {
    @Override
    public ImageFacts facts() {
      return ImageFacts.of("raw");
    }

    @Override
    public List<PhysicalExtent> extents() {
      return List.of(
          new PhysicalExtent(
              START, memory.length / Pages.SIZE, RangeKind.RAM, RangeProvenance.CONTAINER, ""));
    }

    @Override
    public void read(long address, int pageCount, MemorySegment destination, PageState[] states) {
      int from = (int) (address - START);
      MemorySegment.copy(
          memory, from, destination, ValueLayout.JAVA_BYTE, 0, pageCount * Pages.SIZE);
      Arrays.fill(states, 0, pageCount, PageState.PRESENT);
    }

    @Override
    public void close() {}
  }
}
