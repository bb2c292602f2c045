package io.pagestream.analyzers.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.Confidence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files written by gzip, xz, zstd, bzip2, javac, gcc, SQLite and Python's plistlib and zipfile, and
 * field by field from the specifications by a program that shares no code with the analyzer.
 */
final class FileVectorsTest {
  @ParameterizedTest
  @CsvSource({
    "log.gz, gzip, HIGH, gzip",
    "all-fields.gz, gzip, HIGH, gzip of \"Größe.txt\"",
    "log.xz, xz, HIGH, xz",
    "log.zst, zstd, HIGH, zstd",
    "log.bz2, bzip2, HIGH, bzip2",
    "gradient.gif, gif, HIGH, GIF89a 16x8",
    "lossless.webp, webp, HIGH, WebP 16x8",
    "ios.png, png, HIGH, 'PNG 3x2, 8-bit RGB with alpha'",
    "Hello.class, java-class, HIGH, Java 21 class \"org/example/Hello\"",
    "binary.plist, plist, HIGH, 'binary plist, 12 objects'",
    "xml.plist, plist, HIGH, XML plist",
    "database.db-wal, sqlite, HIGH, 'SQLite 3 write-ahead log, 512 bytes'",
    "database.db-journal, sqlite, HIGH, 'SQLite 3 rollback journal, 512 bytes'",
    "shift-jis.zip, zip, HIGH, 'zip entry \"日本語.txt\", deflated'",
    "cp437.zip, zip, HIGH, 'zip entry \"Größe.txt\", deflated'",
    "unicode-path.zip, zip, HIGH, 'zip entry \"Größe.txt\", deflated'",
    "utf8-flag.zip, zip, HIGH, 'zip entry \"Größe.txt\", deflated'",
    "zip64.zip, zip, HIGH, 'zip entry \"a.txt\", deflated'",
    "bent.zip, zip, LOW, 'zip entry \"a.txt\", deflated'",
    "document.docx, ooxml, HIGH, OOXML docx",
    "header.7z, 7z, HIGH, 7z 0.4",
    "header4.rar, rar, HIGH, RAR 4",
    "header5.rar, rar, HIGH, RAR 5",
    "word.doc, ole, HIGH, compound file 3",
    "empty.dex, dex, HIGH, 'DEX 035, 0 classes'",
    "macho64, mach-o, HIGH, Mach-O 64-bit executable AArch64",
    "fat, mach-o, HIGH, 'Mach-O universal x86-64,AArch64'",
    "two.pcap, pcap, HIGH, 'pcap, link type 1'",
    "section.pcapng, pcapng, HIGH, pcapng section",
    "agent.exe, pe, HIGH, PE32+ executable (console) x86-64",
    "loop.elf, elf, HIGH, ELF 64-bit LSB shared object x86-64",
  })
  void findsFilesOfOtherPrograms(String file, String kind, Confidence confidence, String value) {
    Reported.File found = Reported.first(Reported.vector(file), kind);
    assertThat(found.offset()).isZero();
    assertThat(found.value()).isEqualTo(value);
    // HIGH in the table means: the confidence of the kind.
    assertThat(found.confidence()).isEqualTo(confidence == Confidence.HIGH ? null : confidence);
  }

  @ParameterizedTest
  @CsvSource({
    "all-fields.gz, comment, naïve",
    "all-fields.gz, name-encoding, ISO-8859-1",
    "exif-big-endian.jpg, camera, Nikon COOLPIX P6000",
    "exif-big-endian.jpg, taken, 2008-10-22T16:28:40",
    "exif-big-endian.jpg, gps, '43.474833,-11.891667'",
    "exif-little-endian.jpg, camera, Nikon COOLPIX P6000",
    "exif-little-endian.jpg, gps, '43.474833,-11.891667'",
    "exif.png, gps, '43.474833,-11.891667'",
    "database.db-wal, part, write-ahead-log",
    "database.db-journal, database-pages, 2",
    "shift-jis.zip, name-encoding, Shift_JIS",
    "cp437.zip, name-encoding, CP437",
    "zip64.zip, uncompressed-size, 200",
    "bent.zip, anomalies, 'version,time'",
    "document.docx, type, docx",
    "word.doc, type, doc",
    "header.7z, declared-size, 162",
    "macho64, uuid, 000102030405060708090a0b0c0d0e0f",
    "macho64, declared-size, 512",
    "fat, declared-size, 24832",
    "agent.exe, section-names, .rdata",
    "agent.exe, imphash, 69052387c5b38d0b9c6f3f9fc76cddf4",
    "agent.exe, pdb, C:\\build\\agent.pdb",
    "agent.exe, pdb-id, 33221100554477668899AABBCCDDEEFF3",
    "agent.exe, declared-size, 1024",
    "loop.elf, build-id, 5e1aa87a36eef84d4245010758e847abc7ebf08f",
    "loop.elf, interpreter, /lib64/ld-linux-x86-64.so.2",
    "binary.plist, declared-size, 123",
    "two.pcap, first-packet, 2023-11-14T22:13:20Z",
  })
  void readsAttributes(String file, String key, String value) {
    String kind =
        switch (file.substring(file.lastIndexOf('.') + 1)) {
          case "gz" -> "gzip";
          case "jpg" -> "jpeg";
          case "zip", "7z", "png", "pcap", "plist", "elf" ->
              file.substring(file.lastIndexOf('.') + 1);
          case "docx" -> "ooxml";
          case "doc" -> "ole";
          case "exe" -> "pe";
          case "macho64", "fat" -> "mach-o";
          default -> "sqlite";
        };
    Map<String, String> attributes = Reported.first(Reported.vector(file), kind).attributes();
    assertThat(attributes).containsEntry(key, value);
  }

  @ParameterizedTest
  @CsvSource({
    // file, offset of a byte, what it becomes
    "log.xz, 8, 0",
    "log.xz, 13, 7",
    "log.zst, 4, 255",
    "log.bz2, 14, 255",
    "gradient.gif, 6, 0",
    "lossless.webp, 20, 0",
    "ios.png, 35, 9",
    "Hello.class, 10, 99",
    "binary.plist, 122, 0",
    "xml.plist, 160, 0",
    "header.7z, 8, 0",
    "header4.rar, 7, 0",
    "header5.rar, 8, 0",
    "word.doc, 28, 0",
    "empty.dex, 40, 0",
    "empty.dex, 120, 1",
    "macho64, 36, 73",
    "fat, 16, 1",
    "two.pcap, 4, 3",
    "section.pcapng, 24, 29",
    "document.docx, 60, 255",
  })
  void refusesOneWrongByte(String file, int offset, int value) {
    byte[] bytes = Reported.vector(file);
    bytes[offset] = (byte) value;
    assertThat(Reported.all(bytes).stream())
        .noneMatch(found -> found.offset() == 0 && found.confidence() == null);
  }

  @Test
  void reportsNamesWithControlCharacters() {
    byte[] zip = Reported.vector("zip64.zip");
    zip[30] = '\r';
    Reported.File found = Reported.first(zip, "zip");
    assertThat(found.value()).isEqualTo("zip entry \"\ufffd.txt\", deflated");
    assertThat(found.confidence()).isEqualTo(Confidence.LOW);
  }

  @Test
  void reportsAnElfHeaderThatOverlapsItsProgramHeaders() {
    byte[] elf = new byte[4096];
    ByteBuffer header = ByteBuffer.wrap(elf);
    header.order(ByteOrder.LITTLE_ENDIAN);
    header.put(new byte[] {0x7f, 'E', 'L', 'F', 1, 0, 0, 0});
    // The fields are those of an ELF header of 32 bits and, from offset 4 on, of a program header:
    // type 1, offset 0, address 0x10000, then type 2 and machine 3 as physical address.
    header.putInt(8, 0).putInt(12, 0x10000).putInt(16, 0x30002).putInt(20, 0x10020);
    header.putInt(24, 0x10020).putInt(28, 4).putInt(32, 0x0);
    header.putShort(40, (short) 52).putShort(42, (short) 32).putShort(44, (short) 1);
    assertThat(Reported.first(elf, "elf").confidence()).isEqualTo(Confidence.LOW);
  }

  @Test
  void usesTheSegmentsOfAnElfFileWithoutSections() {
    byte[] elf = Reported.vector("loop.elf");
    Arrays.fill(elf, 58, 64, (byte) 0);
    assertThat(Reported.first(elf, "elf").attributes().get("declared-size"))
        .satisfies(size -> assertThat(Long.parseLong(size)).isBetween(700L, 1616L));
  }

  @Test
  void findsAPeHeaderFarFromItsFirstBytes() {
    byte[] pe = Reported.vector("agent.exe");
    byte[] far = new byte[3 * 4096];
    System.arraycopy(pe, 0, far, 0, 0x80);
    far[0x3c] = 0;
    far[0x3d] = 0x20;
    System.arraycopy(pe, 0x80, far, 0x2000, 0x180);
    assertThat(Reported.first(far, "pe").value()).isEqualTo("PE32+ executable (console) x86-64");
  }
}
