package io.pagestream.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.source.HeldBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Damages an image in memory, many times, and reads it. The same damage in every run. */
public final class HostileInput {
  private static final int ROUNDS = 10_000;
  private static final int EXTENTS = 8;

  private HostileInput() {}

  /**
   * Reads 10,000 damaged copies of a file: each is refused with a clear message, or read.
   *
   * @param headers bytes at the beginning that get half of the damage
   */
  public static void survives(ImageFormat format, byte[] content, int headers) {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(round);
      byte[] damaged = content.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int limit = random.nextBoolean() ? Math.min(headers, damaged.length) : damaged.length;
        int at = random.nextInt(limit);
        damaged[at] =
            switch (random.nextInt(4)) {
              case 0 -> (byte) (damaged[at] ^ 1 << random.nextInt(8));
              case 1 -> (byte) 0xff;
              case 2 -> 0;
              default -> (byte) random.nextInt();
            };
      }
      read(format, damaged, "round " + round);
    }
  }

  /** Reads the file cut at each of its first bytes, and at each of its last. */
  public static void survivesCuts(ImageFormat format, byte[] content, int headers, int trailers) {
    for (int length = 1; length < content.length; length++) {
      if (length < headers || length > content.length - trailers) {
        read(format, Arrays.copyOf(content, length), "length " + length);
      }
    }
  }

  private static void read(ImageFormat format, byte[] content, String what) {
    try {
      open(format, List.of(content));
    } catch (PagestreamException e) {
      assertThat(e.getMessage()).as(what).matches("PS-[12]\\d\\d .{20,}").doesNotContain("\n");
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
  }

  /**
   * Opens an image in memory, and reads the first and the last page of some of its extents.
   *
   * @param files the contents of its files
   */
  public static void open(ImageFormat format, List<byte[]> files) {
    List<ImageBytes> parts = new ArrayList<>();
    files.forEach(file -> parts.add(new HeldBytes("damaged" + parts.size(), file)));
    ImageInput input =
        new ImageInput(
            parts, Path.of("damaged"), List.of(), Optional.empty(), List.of(), ReadLimits.DEFAULT);
    try (MemoryImage image = format.open(input)) {
      PageReader reader = new PageReader(image);
      List<PhysicalExtent> extents = image.extents();
      for (PhysicalExtent extent : extents.subList(0, Math.min(EXTENTS, extents.size()))) {
        reader.read(extent.physicalAddress());
        reader.read(extent.endAddress() - Pages.SIZE);
      }
    }
  }
}
