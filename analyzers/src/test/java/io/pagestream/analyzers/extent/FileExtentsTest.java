package io.pagestream.analyzers.extent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where files of other programs end, in memory that continues after them or ends before. */
final class FileExtentsTest {
  private static final int PAGE = 4096;

  @ParameterizedTest
  @CsvSource({
    // file, kind, length of the header, its declared size, whether checksums confirm the content
    "log.gz, gzip, 10, , true",
    "all-fields.gz, gzip, 38, , true",
    "log.xz, xz, 12, , true",
    "log.bz2, bzip2, 14, , true",
    "log.zst, zstd, 6, , false",
    "ios.png, png, 49, , true",
    "gradient.gif, gif, 13, , false",
    "exif-big-endian.jpg, jpeg, 20, , false",
    "document.docx, ooxml, 49, , false",
    "Hello.class, java-class, 10, , false",
    "word.doc, ole, 512, , false",
    "empty.dex, dex, 112, 176, true",
    "agent.exe, pe, 392, 1024, false",
    "loop.elf, elf, 64, 1616, false",
  })
  void findsTheEnd(String file, String kind, int header, @Nullable Long declared, boolean verified)
      throws IOException {
    byte[] bytes = vector(file);
    for (byte filler : new byte[] {0, (byte) 0xff, 'P'}) {
      byte[] memory = Arrays.copyOf(bytes, bytes.length + 3 * PAGE);
      Arrays.fill(memory, bytes.length, memory.length, filler);
      assertThat(extent(memory, kind, header, declared))
          .isEqualTo(new FileExtent(bytes.length, true, verified));
    }
    assertThat(extent(bytes, kind, header, declared))
        .isEqualTo(new FileExtent(bytes.length, true, verified));
  }

  @ParameterizedTest
  @CsvSource({
    "log.gz, gzip, 10",
    "log.xz, xz, 12",
    "log.bz2, bzip2, 14",
    "log.zst, zstd, 6",
    "ios.png, png, 49",
    "gradient.gif, gif, 13",
    "exif-big-endian.jpg, jpeg, 20",
    "document.docx, ooxml, 49",
    "Hello.class, java-class, 10",
    "word.doc, ole, 512",
    "two.pcap, pcap, 24",
    "section.pcapng, pcapng, 28",
    "header4.rar, rar, 20",
    "header5.rar, rar, 19",
    "database.db-wal, sqlite, 32",
    "database.db-journal, sqlite, 28",
  })
  void cutsWhatEndsBefore(String file, String kind, int header) throws IOException {
    byte[] bytes = vector(file);
    for (int length = header; length < bytes.length; length += 7) {
      FileExtent cut = extent(Arrays.copyOf(bytes, length), kind, header, null);
      assertThat(cut.complete()).as("%s at %d", file, length).isFalse();
      assertThat(cut.length()).isBetween(1L, (long) length);
    }
  }

  @Test
  void cutsDamagedContent() throws IOException {
    byte[] gzip = vector("log.gz");
    gzip[gzip.length - 6] ^= 1;
    assertThat(extent(gzip, "gzip", 10, null).complete()).isFalse();
    byte[] bzip2 = vector("log.bz2");
    bzip2[bzip2.length - 3] ^= 1;
    assertThat(extent(bzip2, "bzip2", 14, null).complete()).isFalse();
    byte[] xz = vector("log.xz");
    xz[xz.length - 20] ^= 1;
    assertThat(extent(xz, "xz", 12, null).complete()).isFalse();
  }

  @Test
  void limitsHostileSizes() throws IOException {
    byte[] elf = vector("loop.elf");
    assertThat(extent(elf, "elf", 64, Long.MAX_VALUE)).isEqualTo(FileExtent.cut(elf.length));
    assertThat(extent(elf, "elf", 64, -5L)).isEqualTo(FileExtent.cut(elf.length));
    byte[] sevenZip = vector("header.7z");
    assertThat(extent(sevenZip, "7z", 32, 1L << 62).complete()).isFalse();
  }

  private static FileExtent extent(
      byte[] memory, String kind, int header, @Nullable Long declared) {
    ContiguousBytes bytes =
        new ContiguousBytes(
            (offset, into) -> {
              int count = Math.clamp(memory.length - offset, 0, into.length);
              System.arraycopy(memory, (int) Math.min(offset, memory.length), into, 0, count);
              return count;
            },
            memory.length);
    Map<String, String> attributes =
        declared == null ? Map.of() : Map.of("declared-size", declared.toString());
    return FileExtents.of(kind, header, attributes, PAGE, bytes).orElseThrow();
  }

  private static byte[] vector(String name) throws IOException {
    String path = "/io/pagestream/analyzers/files/" + name;
    try (InputStream in =
        Objects.requireNonNull(FileExtentsTest.class.getResourceAsStream(path), name)) {
      return in.readAllBytes();
    }
  }
}
