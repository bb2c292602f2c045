package io.pagestream.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.rangemap.PhysicalMaps;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers with huge values, in every format and container: the image is refused, or has no more
 * pages than its file may claim; memory stays within limits in both cases.
 */
@Timeout(120)
final class ImplausibleHeadersTest {
  private static final int ROUNDS = 400;
  private static final long MOST_ALLOCATED = 64L << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lime.lime",
        "lime-high.lime",
        "elf64-phoff192.elf",
        "elf64-excluded.elf",
        "kdump-zlib.kdump",
        "kdump-i386.kdump",
        "flat-kdump.flat",
        "wrap-gzip.raw.gz",
        "wrap-xz.raw.xz",
        "wrap-frames.raw.zst"
      })
  void hugeValuesInHeadersCostLittle(String name) throws IOException {
    Path golden = golden(name);
    byte[] content = Files.readAllBytes(golden);
    long seed = System.nanoTime();
    System.out.println(name + " seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = content.clone();
      ByteBuffer bytes = ByteBuffer.wrap(damaged);
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        putHuge(bytes, random);
      }
      requireBounded(
          damaged, name.startsWith("wrap"), "%s, seed %d, round %d".formatted(name, seed, round));
    }
  }

  @Test
  void aFlattenedDumpOfTwelveTebibytesIsRefusedByName() throws IOException {
    try (InputStream resource =
        ImplausibleHeadersTest.class.getResourceAsStream("/flattened-12tib.kdump")) {
      Path file = folder.resolve("flattened-12tib.kdump");
      Files.write(file, Objects.requireNonNull(resource).readAllBytes());
      assertThat(failure(file))
          .startsWith("PS-208 ")
          .contains("flattened-12tib.kdump", "at offset 0x", "--max-claimed");
    }
  }

  private String failure(Path file) {
    try (OpenedImage opened = MemoryImages.open(List.of(file), options())) {
      return "opened, %d extents".formatted(opened.image().extents().size());
    } catch (PagestreamException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * A value near the end of what 4 or 8 bytes hold, or a power of two, where headers usually are.
   */
  private static void putHuge(ByteBuffer bytes, Random random) {
    int headers = Math.min(random.nextBoolean() ? 512 : 16384, bytes.limit() - 8);
    int at = random.nextInt(headers) & ~3;
    long value =
        switch (random.nextInt(4)) {
          case 0 -> Long.MAX_VALUE - random.nextInt(4096);
          case 1 -> 1L << random.nextInt(24, 63);
          case 2 -> (1L << random.nextInt(24, 52)) - random.nextInt(3);
          default -> -1L - random.nextInt(4096);
        };
    bytes.order(random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (random.nextBoolean()) {
      bytes.putLong(at, value);
    } else {
      bytes.putInt(at, (int) (value >>> random.nextInt(33)));
    }
  }

  private void requireBounded(byte[] content, boolean compressed, String what) throws IOException {
    Path file = Files.write(folder.resolve("huge"), content);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    try (OpenedImage opened = MemoryImages.open(List.of(file), options())) {
      List<PhysicalExtent> extents = opened.image().extents();
      long pages = extents.stream().mapToLong(PhysicalExtent::pageCount).sum();
      long most = options().limits().claimable(content.length) + (1L << 32);
      assertThat(Pages.address(pages)).as(what).isLessThanOrEqualTo(most);
      assertThat(pages).as(what).isPositive();
      assertThat(PhysicalMaps.of(extents).pages()).as(what).isEqualTo(pages);
    } catch (PagestreamException e) {
      assertThat(e.getMessage()).as(what).matches("(?s)PS-[12]\\d\\d .{20,}");
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
    long allocated = memory.getCurrentThreadAllocatedBytes() - before;
    // What a dictionary may take is an option of its own.
    long decoder = compressed ? options().limits().decoderBytes() : 0;
    assertThat(allocated).as("bytes allocated: %s", what).isLessThan(MOST_ALLOCATED + decoder);
  }

  private OpenOptions options() {
    return OpenOptions.defaults().withScratchDirectory(folder);
  }

  private static Path golden(String name) {
    return Path.of("src/test/resources/golden", name);
  }
}
