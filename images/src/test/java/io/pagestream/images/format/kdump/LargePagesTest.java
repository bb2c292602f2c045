package io.pagestream.images.format.kdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.PageReader;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps of machines whose pages are larger than 4096 bytes: arm64 with 16 or 64 KiB, ppc64le. */
class LargePagesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {8192, 16384, 65536})
  void eachPageOfTheMachineHoldsSeveralOfOurs(int pageBytes) throws IOException {
    byte[] compressed = noise(pageBytes, 1);
    Arrays.fill(compressed, 0, pageBytes / 2, (byte) 7);
    byte[] stored = noise(pageBytes, 2);
    Path file = Files.write(folder.resolve("dump"), dump(pageBytes, compressed, stored));
    for (int run : new int[] {1, 3, 64}) {
      Map<Long, PageReader.Page> pages = new HashMap<>();
      try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults())) {
        assertThat(opened.extents())
            .extracting(PhysicalExtent::physicalAddress, PhysicalExtent::endAddress)
            .containsExactly(tuple(0L, 3L * pageBytes));
        assertThat(opened.facts().doubts()).isEmpty();
        new PageReader(opened.image()).readAll(run, pages::put);
      }
      for (int at = 0; at < pageBytes; at += 4096) {
        assertThat(page(pages, at).state()).isEqualTo(PageState.EXCLUDED);
        assertThat(page(pages, pageBytes + at).bytes().array())
            .isEqualTo(Arrays.copyOfRange(compressed, at, at + 4096));
        assertThat(page(pages, 2 * pageBytes + at).bytes().array())
            .isEqualTo(Arrays.copyOfRange(stored, at, at + 4096));
      }
    }
  }

  /**
   * Three pages of the machine exist; the first was not dumped, the second is compressed with zlib,
   * the third is stored. Layout: makedumpfile, diskdump_mod.h.
   */
  private static byte[] dump(int block, byte[] compressedPage, byte[] storedPage) {
    ByteBuffer dump = ByteBuffer.allocate(7 * block).order(ByteOrder.LITTLE_ENDIAN);
    dump.put("KDUMP   ".getBytes(StandardCharsets.US_ASCII)).putInt(6);
    dump.put(12 + 4 * 65, "aarch64".getBytes(StandardCharsets.US_ASCII));
    dump.putInt(424, 1).putInt(428, block).putInt(432, 1).putInt(436, 2).putInt(440, 3);
    dump.putInt(block + 8, 31).putLong(block + 88, 3).putLong(block + 96, 3);
    dump.put(2 * block, (byte) 0b111).put(3 * block, (byte) 0b110);
    Deflater deflater = new Deflater();
    deflater.setInput(compressedPage);
    deflater.finish();
    byte[] zlib = new byte[block];
    int size = deflater.deflate(zlib);
    deflater.end();
    dump.putLong(4 * block, 5L * block).putInt(4 * block + 8, size).putInt(4 * block + 12, 1);
    dump.putLong(4 * block + 24, 6L * block).putInt(4 * block + 32, block);
    dump.put(5 * block, zlib, 0, size).put(6 * block, storedPage);
    return dump.array();
  }

  private static PageReader.Page page(Map<Long, PageReader.Page> pages, long address) {
    return Objects.requireNonNull(pages.get(address), () -> "no page at " + address);
  }

  private static byte[] noise(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
