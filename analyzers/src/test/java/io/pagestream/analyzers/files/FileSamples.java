package io.pagestream.analyzers.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Files of every format, made by the JDK where it can, field by field where it cannot. */
final class FileSamples {
  private FileSamples() {}

  /** An x86-64 executable with two program headers and three section headers. */
  static byte[] elf64() {
    ByteBuffer elf = ByteBuffer.allocate(64 + 2 * 56);
    elf.order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 3}).position(16);
    elf.putShort((short) 2).putShort((short) 62).putInt(1);
    elf.putLong(0x401000).putLong(64).putLong(4096).putInt(0);
    elf.putShort((short) 64).putShort((short) 56).putShort((short) 2);
    elf.putShort((short) 64).putShort((short) 3).putShort((short) 2);
    elf.putInt(1).putInt(5).putLong(0).putLong(0x400000).putLong(0x400000);
    elf.putLong(600).putLong(800).putLong(4096);
    elf.putInt(0x6474e551).putInt(6).position(64 + 2 * 56 - 8).putLong(16);
    return elf.array();
  }

  /** A big-endian relocatable for PowerPC. */
  static byte[] elf32BigEndian() {
    ByteBuffer elf = ByteBuffer.allocate(64);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 1}).position(16);
    elf.putShort((short) 1).putShort((short) 20).putInt(1);
    elf.putInt(0).putInt(0).putInt(1024).putInt(0);
    elf.putShort((short) 52).putShort((short) 0).putShort((short) 0);
    elf.putShort((short) 40).putShort((short) 9).putShort((short) 8);
    return elf.array();
  }

  /** A console program for x86-64, PE header at 0x80, 16 data directories, 5 sections. */
  static byte[] pe() {
    ByteBuffer pe = ByteBuffer.allocate(0x80 + 24 + 240 + 5 * 40);
    pe.order(ByteOrder.LITTLE_ENDIAN);
    pe.put(new byte[] {'M', 'Z', (byte) 0x90, 0, 3}).putInt(0x3c, 0x80).position(0x80);
    pe.put(new byte[] {'P', 'E', 0, 0}).putShort((short) 0x8664).putShort((short) 5);
    pe.putInt(1_700_000_000).putInt(0).putInt(0).putShort((short) 240).putShort((short) 0x22);
    int optional = pe.position();
    pe.putShort((short) 0x20b).putInt(optional + 32, 0x1000).putInt(optional + 36, 0x200);
    pe.putInt(optional + 56, 0x9000).putInt(optional + 60, 0x400);
    pe.putShort(optional + 68, (short) 3).putInt(optional + 108, 16);
    for (int i = 0; i < 5; i++) {
      pe.position(optional + 240 + 40 * i).put(".sec".getBytes(StandardCharsets.US_ASCII));
      pe.position(optional + 240 + 40 * i + 8);
      pe.putInt(0x800).putInt(0x1000 * (i + 1)).putInt(0x600).putInt(0x400 + 0x600 * i);
    }
    return pe.array();
  }

  /** The header of a database of 8 pages and the type of its first page. */
  static byte[] sqlite() {
    ByteBuffer file = ByteBuffer.allocate(108);
    file.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII)).putShort((short) 4096);
    file.put(new byte[] {1, 1, 0, 64, 32, 32}).putInt(24, 2).putInt(28, 8).putInt(44, 4);
    file.putInt(56, 1).putInt(92, 2).putInt(96, 3_046_001).put(100, (byte) 13);
    return file.array();
  }

  /** gzip of {@code text} with a name. */
  static byte[] gzip(byte[] text, String name) {
    CRC32 crc = new CRC32();
    crc.update(text);
    byte[] data = new byte[text.length + 64];
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(text);
    deflater.finish();
    int length = deflater.deflate(data);
    deflater.end();
    ByteBuffer file = ByteBuffer.allocate(10 + name.length() + 1 + length + 8);
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 2, 3});
    file.put(name.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    file.put(data, 0, length).putInt((int) crc.getValue()).putInt(text.length);
    return file.array();
  }

  /** One deflated and one stored entry. */
  static byte[] zip() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      ZipEntry deflated = new ZipEntry("word/document.xml");
      deflated.setTime(1_700_000_000_000L);
      zip.putNextEntry(deflated);
      zip.write(text(500));
      byte[] content = text(40);
      CRC32 crc = new CRC32();
      crc.update(content);
      ZipEntry stored = new ZipEntry("naïve.txt");
      stored.setTime(1_700_000_000_000L);
      stored.setMethod(ZipEntry.STORED);
      stored.setSize(content.length);
      stored.setCrc(crc.getValue());
      zip.putNextEntry(stored);
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** A picture of 20 by 10 pixels, in a format of the JDK. */
  static byte[] picture(String format) {
    BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, 0x123456);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** A picture of one grey pixel without an application segment. */
  static byte[] bareJpeg() {
    ByteBuffer file = ByteBuffer.allocate(2 + 69 + 13 + 20);
    file.put(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xdb, 0, 67});
    file.position(2 + 69);
    file.put(new byte[] {(byte) 0xff, (byte) 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0});
    file.put(new byte[] {(byte) 0xff, (byte) 0xc4, 0, 0x1f, 0});
    return file.array();
  }

  /** A picture whose Exif segment is longer than what is shown. */
  static byte[] longExif() {
    ByteBuffer file = ByteBuffer.allocate(5000);
    file.put(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe1, 0x7f, 0});
    file.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII));
    return file.array();
  }

  static byte[] pdf() {
    return "%PDF-1.7\r\n%\u00e2\u00e3\u00cf\u00d3\r\n12 0 obj\r\n<</Type/Catalog>>endobj\r\n"
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Words that compress, always the same. */
  static byte[] text(int words) {
    Random random = new Random(words);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(Integer.toString(random.nextInt(2000), 36)).append(' ');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
