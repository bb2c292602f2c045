package io.pagestream.analyzers.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.contract.SyntheticMemory;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.page.Pages;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilesAnalyzerTest extends AnalyzerContract {
  private static final byte[] ZIP = FileSamples.zip();
  private static final byte[] PNG = FileSamples.picture("png");
  private static final byte[] JPEG = FileSamples.picture("jpg");

  @Override
  protected String analyzer() {
    return "files";
  }

  @Override
  protected List<Sample> samples() {
    byte[] badCrc = PNG.clone();
    badCrc[29] ^= 1;
    int second = indexOf(ZIP, new byte[] {'P', 'K', 3, 4}, 4);
    return List.of(
        Sample.of("ELF, 64 bits", FileSamples.elf64(), ELF64),
        Sample.of("ELF, 32 bits, big-endian", FileSamples.elf32BigEndian(), ELF32),
        Sample.of("PE", FileSamples.pe(), PE),
        Sample.of("SQLite", FileSamples.sqlite(), SQLITE),
        Sample.of("gzip", FileSamples.gzip(FileSamples.text(300), "mail.log"), gzip("mail.log")),
        Sample.of("long gzip", FileSamples.gzip(FileSamples.text(4000), "x"), gzip("x")),
        Sample.of("nothing in gzip", FileSamples.gzip(new byte[0], "empty"), gzip("empty")),
        Sample.of("zip", ZIP, DEFLATED_ENTRY, storedEntry(second)),
        Sample.of("PNG", PNG, file("png", 33, "PNG 20x10, 8-bit RGB", size(20, 10))),
        Sample.of("JPEG", JPEG, file("jpeg", frameEnd(JPEG), COLOUR, size(20, 10))),
        Sample.of("JPEG without JFIF", FileSamples.bareJpeg(), file("jpeg", 84, GREY, size(1, 1))),
        Sample.of("PDF", FileSamples.pdf(), file("pdf", 25, "PDF 1.7", Map.of("version", "1.7"))),
        Sample.of("MZ in a planted text", ascii("MZ\u0090\0EVIL_MINER_CONFIG{\"pool\":\"192.0\"}")),
        Sample.of("ELF's magic in code", hex("4c8b7310 41813e 7f454c46 0f8530c28900410fb7461066")),
        Sample.of(
            "zip's magic in code", hex("ebbb81fe 504b0304 740c488d3db1cc0600e93c0700 00488d")),
        Sample.of("gzip's magic in code", hex("140000bf 1f8b0800 4889830014000048b80101")),
        Sample.of("SOI among pointers", hex("ccffe3baffffffff d8ffe3baffffffff 4400e4baffffffff")),
        Sample.of("SQLite's magic alone", ascii("SQLite format 3\0\0\0\0")),
        Sample.of("PDF's magic in a text", ascii("%PDF-1.4 is how a PDF begins, 1 0 objects")),
        Sample.of("PNG with a wrong CRC", badCrc));
  }

  private static final Found ELF64 =
      file(
          "elf",
          64,
          "ELF 64-bit LSB executable x86-64",
          Map.of(
              "machine", "x86-64",
              "type", "executable",
              "entry", "0x401000",
              "declared-size", "4288"));
  private static final Found ELF32 =
      file(
          "elf",
          52,
          "ELF 32-bit MSB relocatable PowerPC",
          Map.of(
              "machine", "PowerPC",
              "type", "relocatable",
              "entry", "0x0",
              "declared-size", "1384"));
  private static final Found PE =
      file(
          "pe",
          0x80 + 24 + 240,
          "PE32+ executable (console) x86-64",
          Map.of(
              "machine", "x86-64",
              "subsystem", "console",
              "sections", "5",
              "section-names", ".sec,.sec,.sec,.sec,.sec",
              "timestamp", "2023-11-14T22:13:20Z",
              "declared-size", "8704",
              "image-size", "36864"));
  private static final Found SQLITE =
      file(
          "sqlite",
          100,
          "SQLite 3, 8 pages of 4096 bytes, UTF-8",
          Map.of(
              "page-size", "4096",
              "text-encoding", "UTF-8",
              "user-version", "0",
              "application-id", "0x00000000",
              "written-by", "3.46.1",
              "declared-size", "32768"));
  private static final Found DEFLATED_ENTRY =
      file(
          "zip",
          30 + 17,
          "zip entry \"word/document.xml\", deflated",
          Map.of("name", "word/document.xml", "method", "deflated"));
  private static final String COLOUR = "JPEG 20x10, 8-bit colour, baseline";
  private static final String GREY = "JPEG 1x1, 8-bit grey, baseline";

  @Test
  void seesALongExifSegmentByItsIdentification() {
    assertThat(find(FileSamples.longExif(), 0))
        .containsExactly(file("jpeg", Pages.SIZE, "JPEG, Exif", Map.of()));
  }

  @Test
  void refusesGzipWithAWrongTrailer() {
    byte[] gzip = FileSamples.gzip(FileSamples.text(300), "mail.log");
    gzip[gzip.length - 1] ^= 1;
    assertThat(find(gzip, 0)).isEmpty();
  }

  @Test
  void refusesZipEntriesWithDamagedData() {
    byte[] zip = ZIP.clone();
    Arrays.fill(zip, 48, 80, (byte) 0xff);
    int second = indexOf(ZIP, new byte[] {'P', 'K', 3, 4}, 4);
    zip[second + 45] ^= 1;
    assertThat(find(zip, 0)).isEmpty();
  }

  @Test
  void findsAFileWhoseOtherPagesLieElsewhere() {
    byte[] gzip = FileSamples.gzip(FileSamples.text(4000), "x");
    byte[] page = new byte[2 * Pages.SIZE];
    Arrays.fill(page, (byte) 0xff);
    System.arraycopy(gzip, 0, page, Pages.SIZE - 200, 200);
    System.arraycopy(JPEG, 0, page, 0, 40);
    Found whole = gzip("x").movedBy(Pages.SIZE - 200);
    Map<String, String> attributes = new TreeMap<>(whole.attributes());
    attributes.put("cut", "true");
    assertThat(find(page, 0))
        .contains(
            new Found(
                whole.kind(),
                whole.address(),
                whole.length(),
                whole.value(),
                whole.encoding(),
                attributes));
  }

  @ParameterizedTest
  @CsvSource({
    // offset of a byte, what it becomes, the confidence and the field that is wrong
    "4, 3, LOW, ident",
    "5, 0, LOW, ident",
    "6, 2, MEDIUM, ident-version",
    "7, 19, MEDIUM, abi",
    "9, 1, MEDIUM, padding",
    "18, 1, LOW, machine",
    "20, 2, LOW, version",
    "52, 63, LOW, header-size",
    "54, 55, LOW, program-headers",
    "58, 63, MEDIUM, section-headers",
    "62, 3, MEDIUM, section-names",
    "56, 0, LOW, program-headers",
    "64, 9, LOW, segments",
    "112, 3, LOW, segments"
  })
  void reportsElfWithOneWrongField(int offset, int value, Confidence confidence, String field) {
    byte[] elf = changed(FileSamples.elf64(), offset, value);
    Reported.File found = Reported.first(elf, "elf");
    assertThat(found.confidence()).isEqualTo(confidence);
    assertThat(found.attributes()).containsEntry("anomalies", field);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "16, 5", "17, 1"})
  void refusesWhatIsNotElf(int offset, int value) {
    assertThat(find(changed(FileSamples.elf64(), offset, value), 0)).isEmpty();
  }

  @Test
  void refusesElfWithManyWrongFields() {
    byte[] elf = FileSamples.elf64();
    Arrays.fill(elf, 20, 64, (byte) 0x90);
    assertThat(find(elf, 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0x84, 0x65, LOW, machine",
    "0x86, 0, LOW, sections",
    "0x86, 97, LOW, sections",
    "0x94, 100, LOW, optional-header-size",
    "0x96, 0, LOW, characteristics",
    "0x98, 7, LOW, magic",
    "0xb8, 3, LOW, alignment",
    "0xbc, 1, LOW, alignment",
    "0xd6, 1, LOW, headers-larger-than-image",
    "0xd5, 0, LOW, headers-size",
    "0xdc, 15, LOW, subsystem",
    "0x104, 17, MEDIUM, directories",
    "0x1bd, 0x10, LOW, overlapping-sections"
  })
  void reportsPeWithOneWrongField(
      String offset, String value, Confidence confidence, String field) {
    byte[] pe = changed(FileSamples.pe(), Integer.decode(offset), Integer.decode(value));
    Reported.File found = Reported.first(pe, "pe");
    assertThat(found.confidence()).isEqualTo(confidence);
    assertThat(found.attributes().get("anomalies")).contains(field);
  }

  @ParameterizedTest
  @CsvSource({"0x3c, 0x82", "0x80, 0x51"})
  void refusesWhatIsNotPe(String offset, String value) {
    byte[] pe = changed(FileSamples.pe(), Integer.decode(offset), Integer.decode(value));
    assertThat(find(pe, 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "16, 3", "18, 3", "19, 0", "21, 65", "22, 0", "23, 0", "47, 5", "59, 4", "80, 1", "100, 2"
  })
  void refusesSqliteWithOneWrongField(int offset, int value) {
    assertThat(find(changed(FileSamples.sqlite(), offset, value), 0)).isEmpty();
  }

  private Set<Found> find(byte[] bytes, long address) {
    try (Analyzer analyzer = newAnalyzer()) {
      return SyntheticMemory.around(bytes, 0, Pages.SIZE, address).whole(analyzer);
    }
  }

  private static byte[] changed(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) value;
    return bytes;
  }

  private static Found file(String kind, int length, String value, Map<String, String> attributes) {
    return new Found(kind, 0, length, value, Encoding.BINARY, attributes);
  }

  private static Found gzip(String name) {
    return file(
        "gzip",
        10 + name.length() + 1,
        "gzip of \"" + name + "\"",
        Map.of("original-name", name, "system", "Unix"));
  }

  private static Found storedEntry(int at) {
    int size = FileSamples.text(40).length;
    return file(
            "zip",
            30 + 10,
            "zip entry \"naïve.txt\", stored",
            Map.of(
                "name",
                "naïve.txt",
                "method",
                "stored",
                "compressed-size",
                Integer.toString(size),
                "uncompressed-size",
                Integer.toString(size)))
        .movedBy(at);
  }

  private static Map<String, String> size(int width, int height) {
    return Map.of("width", Integer.toString(width), "height", Integer.toString(height));
  }

  /** Offset after the frame header. */
  private static int frameEnd(byte[] jpeg) {
    int at = indexOf(jpeg, new byte[] {(byte) 0xff, (byte) 0xc0}, 0);
    return at + 2 + jpeg[at + 3];
  }

  private static int indexOf(byte[] bytes, byte[] part, int from) {
    int at = from;
    while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
      at++;
    }
    return at;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
