package io.pagestream.images.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.PageReader;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.source.HeldBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Opens damaged files in memory: only a clear error may come of them. */
public final class HostileInput {
  private static final int MOST_EXTENTS = 3;

  private HostileInput() {}

  /** The content of golden files. */
  public static List<byte[]> golden(String... names) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (String name : names) {
      contents.add(Files.readAllBytes(Path.of("src/test/resources/golden", name)));
    }
    return contents;
  }

  /**
   * Changes bytes of the first file, mostly of its headers, many times.
   *
   * @param headerBytes length of the headers
   */
  public static void mutate(
      ImageFormat format, List<byte[]> files, int headerBytes, int rounds, long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      byte[] damaged = files.getFirst().clone();
      int changes = 1 + random.nextInt(6);
      for (int i = 0; i < changes; i++) {
        int reach = random.nextInt(4) == 0 ? damaged.length : Math.min(headerBytes, damaged.length);
        damaged[random.nextInt(reach)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt()
                    : new int[] {0, 1, 255, 127, 128}[random.nextInt(5)]);
      }
      open(format, replaced(files, damaged), "seed %d, round %d".formatted(seed, round));
    }
  }

  /** Truncates the first file at each of its first bytes. */
  public static void truncate(ImageFormat format, List<byte[]> files, int headerBytes) {
    for (int length = 0; length < Math.min(headerBytes, files.getFirst().length); length++) {
      open(
          format,
          replaced(files, Arrays.copyOf(files.getFirst(), length)),
          "truncated after %d bytes".formatted(length));
    }
  }

  private static List<byte[]> replaced(List<byte[]> files, byte[] first) {
    List<byte[]> all = new ArrayList<>(files);
    all.set(0, first);
    return all;
  }

  private static void open(ImageFormat format, List<byte[]> files, String what) {
    List<ImageBytes> parts = new ArrayList<>();
    for (byte[] file : files) {
      parts.add(new HeldBytes("file" + parts.size(), file));
    }
    ImageInput input =
        new ImageInput(
            parts, Path.of("image"), List.of(), Optional.empty(), List.of(), ReadLimits.DEFAULT);
    try (MemoryImage image = format.open(input)) {
      PageReader reader = new PageReader(image);
      List<PhysicalExtent> extents = image.extents();
      assertThat(extents).isNotEmpty();
      for (PhysicalExtent extent : extents.subList(0, Math.min(MOST_EXTENTS, extents.size()))) {
        reader.read(extent.physicalAddress());
        reader.read(extent.endAddress() - Pages.SIZE);
      }
    } catch (PagestreamException e) {
      assertThat(e.getMessage()).matches("PS-[12]\\d\\d .{20,}");
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
  }
}
