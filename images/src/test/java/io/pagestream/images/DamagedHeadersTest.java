package io.pagestream.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
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
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Damage to the headers of every golden image that is not compressed. The bytes that are read while
 * an image is opened are its headers and tables, wherever they are in the file. Everything is tried
 * with {@code -Dpagestream.cuts=all} (minutes); an ordinary run tries some of it.
 */
final class DamagedHeadersTest {
  private static final boolean ALL = "all".equals(System.getProperty("pagestream.cuts"));
  private static final int CUTS = ALL ? Integer.MAX_VALUE : 25;
  private static final int ROUNDS = ALL ? 10_000 : 60;

  /** Formats of ranges without an end mark: cut after a range, a file is complete. */
  private static final Set<String> WITHOUT_END = Set.of("lime", "avml");

  @TestFactory
  Stream<DynamicTest> aFileCutInItsHeadersIsRefusedOrSaysWhatIsMissing() throws IOException {
    return goldenImages().map(golden -> DynamicTest.dynamicTest(golden.name(), () -> cut(golden)));
  }

  @TestFactory
  Stream<DynamicTest> aDamagedHeaderNeverCrashesOrHangs() throws IOException {
    long seed = Long.getLong("pagestream.seed", System.nanoTime());
    System.out.println("DamagedHeadersTest seed " + seed);
    return goldenImages()
        .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> damage(golden, seed)));
  }

  /** A golden image in memory. */
  private record Golden(String name, ImageFormat format, List<byte[]> files) {}

  private static Stream<Golden> goldenImages() throws IOException {
    List<Golden> images = new ArrayList<>();
    for (JsonNode expected : GoldenImagesTest.images().toList()) {
      List<byte[]> files = new ArrayList<>();
      for (Path file : GoldenImagesTest.files(expected)) {
        files.add(Files.readAllBytes(file));
      }
      format(files)
          .filter(format -> !format.name().equals("raw") && !isWrapped(expected))
          .ifPresent(
              format -> images.add(new Golden(GoldenImagesTest.name(expected), format, files)));
    }
    return images.stream();
  }

  /** Zip archives are opened by another class than AFF4 volumes. */
  private static boolean isWrapped(JsonNode expected) {
    return GoldenImagesTest.name(expected).startsWith("wrap-");
  }

  /** The format of files in memory; empty if they are compressed or in another container. */
  private static Optional<ImageFormat> format(List<byte[]> files) {
    try {
      return Optional.of(
          ImageFormats.recognise(
              files.stream().map(file -> (ImageBytes) new HeldBytes("golden", file)).toList()));
    } catch (PagestreamException e) {
      return Optional.empty();
    }
  }

  private static void cut(Golden golden) {
    Map<Long, PageReader.Page> whole = new HashMap<>();
    read(golden, golden.files().getFirst(), whole);
    BitSet headers = headers(golden);
    int step = Math.max(1, headers.cardinality() / CUTS);
    int number = 0;
    for (int at = headers.nextSetBit(0); at >= 0; at = headers.nextSetBit(at + 1)) {
      if (number++ % step == 0) {
        requireHonest(golden, whole, at);
      }
    }
  }

  private static void requireHonest(Golden golden, Map<Long, PageReader.Page> whole, int length) {
    Map<Long, PageReader.Page> left = new HashMap<>();
    boolean doubtful;
    try {
      doubtful = read(golden, Arrays.copyOf(golden.files().getFirst(), length), left);
    } catch (PagestreamException e) {
      requireClear(e);
      return;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(golden.name() + " cut after " + length, e);
    }
    boolean unreadable =
        left.values().stream().anyMatch(page -> page.state() == PageState.UNREADABLE);
    if (!doubtful && !mayBeWhole(golden, length)) {
      if (!unreadable) {
        assertThat(left.keySet())
            .as("%s cut after %d bytes", golden.name(), length)
            .isEqualTo(whole.keySet());
      }
      left.forEach((address, page) ->
          assertThat(page.state() == PageState.UNREADABLE || page.equals(whole.get(address)))
              .as("%s cut after %d bytes, page 0x%x", golden.name(), length, address)
              .isTrue());
    }
  }

  /** Memory of VMware without regions is what is in its file, in whole pages. */
  private static boolean mayBeWhole(Golden golden, int length) {
    return WITHOUT_END.contains(golden.format().name())
        || (golden.format().name().equals("vmware") && length % Pages.SIZE == 0);
  }

  private static void damage(Golden golden, long seed) {
    Random random = new Random(seed);
    int[] headers = headers(golden).stream().toArray();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = golden.files().getFirst().clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        int at =
            random.nextInt(8) == 0
                ? random.nextInt(damaged.length)
                : headers[random.nextInt(headers.length)];
        damaged[at] =
            switch (random.nextInt(4)) {
              case 0 -> (byte) (damaged[at] ^ 1 << random.nextInt(8));
              case 1 -> (byte) 0xff;
              case 2 -> 0;
              default -> (byte) random.nextInt();
            };
      }
      try {
        HostileInput.open(golden.format(), replaced(golden, damaged));
      } catch (PagestreamException e) {
        requireClear(e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("%s seed %d round %d".formatted(golden.name(), seed, round), e);
      }
    }
  }

  /** Offsets in the first file that are read while the image is opened. */
  private static BitSet headers(Golden golden) {
    RecordedBytes first = new RecordedBytes("first", golden.files().getFirst());
    List<ImageBytes> parts = new ArrayList<>();
    golden.files().forEach(file -> parts.add(new HeldBytes("part", file)));
    parts.set(0, first);
    golden.format().open(input(parts)).close();
    return first.offsets();
  }

  private static List<byte[]> replaced(Golden golden, byte[] first) {
    List<byte[]> files = new ArrayList<>(golden.files());
    files.set(0, first);
    return files;
  }

  /** Reads all pages; returns whether there are doubts. */
  private static boolean read(Golden golden, byte[] first, Map<Long, PageReader.Page> pages) {
    List<ImageBytes> parts = new ArrayList<>();
    replaced(golden, first).forEach(file -> parts.add(new HeldBytes("cut", file)));
    try (MemoryImage image = golden.format().open(input(parts))) {
      new PageReader(image).readAll(16, pages::put);
      return !image.facts().doubts().isEmpty();
    }
  }

  private static ImageInput input(List<ImageBytes> parts) {
    return new ImageInput(
        parts, Path.of("golden"), List.of(), Optional.empty(), List.of(), ReadLimits.DEFAULT);
  }

  private static void requireClear(PagestreamException e) {
    assertThat(e.getMessage()).matches("PS-[12]\\d\\d .{20,}").doesNotContain("\n");
  }
}
