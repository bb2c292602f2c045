package io.pagestream.system;

import io.pagestream.schemas.page.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Images of small machines for a batch: each has the same file name in a folder of its own, as from
 * many hosts. Their content is random, with e-mail addresses that only this image has, and zero
 * pages.
 */
final class GeneratedImages {
  private static final int EMAILS = 200;

  private GeneratedImages() {}

  /** A format in which a memory is written. */
  enum Format {
    RAW,
    LIME,
    ELF,
    RAW_GZIP,
    LIME_GZIP
  }

  /**
   * Writes one image for each format.
   *
   * @param pages size of the smallest one, in pages; the others are up to twice as large
   */
  static List<Path> write(Path folder, long seed, int pages) throws IOException {
    List<Path> images = new ArrayList<>();
    Random random = new Random(seed);
    for (Format format : Format.values()) {
      byte[] memory = memory(random, pages + random.nextInt(pages), seed + "-" + format);
      Path host = Files.createDirectories(folder.resolve("host-" + seed + "-" + format));
      images.add(Files.write(host.resolve("memory.img"), bytes(format, memory)));
    }
    return images;
  }

  private static byte[] memory(Random random, int pages, String name) {
    byte[] memory = new byte[pages * Pages.SIZE];
    random.nextBytes(memory);
    memory[0] = 0; // no magic number
    for (int page = 3; page < pages; page += 7) {
      java.util.Arrays.fill(memory, page * Pages.SIZE, (page + 1) * Pages.SIZE, (byte) 0);
    }
    for (int i = 0; i < EMAILS; i++) {
      byte[] email =
          " user%d.%s@example.org ".formatted(i, name).getBytes(StandardCharsets.US_ASCII);
      int at = Pages.SIZE + random.nextInt(memory.length - 2 * Pages.SIZE);
      System.arraycopy(email, 0, memory, at, email.length);
    }
    return memory;
  }

  private static byte[] bytes(Format format, byte[] memory) throws IOException {
    return switch (format) {
      case RAW -> memory;
      case LIME -> lime(memory);
      case ELF -> ForgedMemory.elf(memory, 62, 0, 0);
      case RAW_GZIP -> gzip(memory);
      case LIME_GZIP -> gzip(lime(memory));
    };
  }

  /** One range from address 0: the header of LiME's version 1 (lime.h), then the bytes. */
  private static byte[] lime(byte[] memory) {
    return ByteBuffer.allocate(32 + memory.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x4C694D45)
        .putInt(1)
        .putLong(0)
        .putLong(memory.length - 1L)
        .putLong(0)
        .put(memory)
        .array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
