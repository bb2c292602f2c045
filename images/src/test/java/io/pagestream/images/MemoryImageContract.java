package io.pagestream.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every format, tested with its golden images. The test of a format extends this
 * class and names them.
 */
public abstract class MemoryImageContract {
  private static final int FLIPS = 1000;
  private static final int HEADER = 300;
  private static final int LATER_CUTS = 40;

  @TempDir protected Path folder;

  private final List<List<Path>> images;

  /**
   * A contract of golden images.
   *
   * @param names the names of their files, with white space between images and {@code +} between
   *     the files of one
   */
  protected MemoryImageContract(String names) {
    images =
        Arrays.stream(names.strip().split("\\s+"))
            .map(image ->
                Arrays.stream(image.split("\\+")).map(MemoryImageContract::golden).toList())
            .toList();
  }

  /** Options to open them with. */
  protected OpenOptions options() {
    return OpenOptions.defaults().withScratchDirectory(folder);
  }

  /** A golden image. */
  protected static Path golden(String name) {
    return GoldenImagesTest.GOLDEN.resolve(name);
  }

  @Test
  void extentsAreSortedAndDisjoint() {
    for (List<Path> files : images) {
      try (OpenedImage opened = MemoryImages.open(files, options())) {
        long end = 0;
        assertThat(opened.image().extents()).isNotEmpty();
        for (PhysicalExtent extent : opened.image().extents()) {
          assertThat(extent.physicalAddress()).isGreaterThanOrEqualTo(end);
          end = extent.endAddress();
        }
        assertThat(end).isLessThanOrEqualTo(Pages.ADDRESS_LIMIT);
      }
    }
  }

  @Test
  void readingInAnyPiecesGivesTheSamePages() {
    for (List<Path> files : images) {
      Map<Long, PageReader.Page> single = read(files, 1);
      for (int run : new int[] {2, 3, 7, 64, 256}) {
        Map<Long, PageReader.Page> pieces = read(files, run);
        assertThat(pieces).isEqualTo(single);
      }
    }
  }

  @Test
  void pagesThatAreNotPresentAreGivenAsZeros() {
    for (List<Path> files : images) {
      read(files, 64)
          .forEach((address, page) -> {
            if (!page.state().hasBytes()) {
              assertThat(page.bytes().array()).containsOnly(0);
            }
          });
    }
  }

  @Test
  @Timeout(60)
  void cutAnywhereAnImageSaysWhatIsMissing() throws IOException {
    for (List<Path> files : images) {
      byte[] content = Files.readAllBytes(files.getFirst());
      Map<Long, PageReader.Page> whole = read(files, 64);
      for (int length : cuts(content.length)) {
        List<Path> cut = withFirst(files, Arrays.copyOf(content, length));
        try {
          requireHonest(whole, read(cut, 64), doubts(cut));
        } catch (PagestreamException e) {
          requireClear(e);
        }
      }
    }
  }

  @Test
  @Timeout(120)
  void damageNeverCrashesOrHangs() throws IOException {
    long seed = System.nanoTime();
    System.out.println(getClass().getSimpleName() + " seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < FLIPS; i++) {
      List<Path> files = images.get(i % images.size());
      byte[] content = Files.readAllBytes(files.getFirst());
      damage(content, random);
      List<Path> damaged = withFirst(files, content);
      try {
        readSome(damaged);
      } catch (PagestreamException e) {
        requireClear(e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed %d, round %d, %s".formatted(seed, i, files), e);
      }
    }
  }

  private static void damage(byte[] content, Random random) {
    int flips = 1 + random.nextInt(4);
    for (int i = 0; i < flips; i++) {
      // Half of the damage goes where headers usually are.
      int at =
          random.nextInt(random.nextBoolean() ? Math.min(512, content.length) : content.length);
      content[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) (content[at] ^ 1 << random.nextInt(8));
            case 1 -> (byte) 0xff;
            case 2 -> 0;
            default -> (byte) random.nextInt();
          };
    }
  }

  private static void requireClear(PagestreamException e) {
    assertThat(e.getMessage()).matches("PS-[12]\\d\\d .{20,}").doesNotContain("\n");
  }

  /** Remaining data is correct; missing data is reported. */
  private static void requireHonest(
      Map<Long, PageReader.Page> whole, Map<Long, PageReader.Page> cut, List<Doubt> doubts) {
    boolean lacking = false;
    for (Map.Entry<Long, PageReader.Page> entry : whole.entrySet()) {
      PageReader.Page page = cut.get(entry.getKey());
      if (page == null || page.state() != entry.getValue().state()) {
        lacking = true;
      } else if (doubts.isEmpty()) {
        assertThat(page.bytes()).isEqualTo(entry.getValue().bytes());
      }
    }
    if (lacking) {
      boolean unreadable =
          cut.values().stream().anyMatch(page -> page.state() == PageState.UNREADABLE);
      assertThat(unreadable || !doubts.isEmpty() || cut.size() < whole.size()).isTrue();
    }
  }

  private static List<Integer> cuts(int length) {
    List<Integer> cuts = new ArrayList<>();
    for (int at = 0; at < Math.min(length, HEADER); at++) {
      cuts.add(at);
    }
    for (int i = 0; i < LATER_CUTS; i++) {
      int at = (int) (HEADER + (long) i * (length - HEADER) / LATER_CUTS);
      if (at < length) {
        cuts.add(Math.max(0, at - i % 2));
      }
    }
    cuts.add(length - 1);
    return cuts;
  }

  private List<Path> withFirst(List<Path> files, byte[] content) throws IOException {
    Path original = files.getFirst();
    Path copy = folder.resolve("damaged-" + original.getFileName());
    Files.write(copy, content);
    Path sideFile = original.resolveSibling(original.getFileName() + ".ranges.json");
    if (Files.exists(sideFile)) {
      Path beside = folder.resolve(copy.getFileName() + ".ranges.json");
      Files.copy(sideFile, beside, StandardCopyOption.REPLACE_EXISTING);
    }
    List<Path> changed = new ArrayList<>(files);
    changed.set(0, copy);
    return changed;
  }

  private List<Doubt> doubts(List<Path> files) {
    try (OpenedImage opened = MemoryImages.open(files, options())) {
      return opened.image().facts().doubts();
    }
  }

  private Map<Long, PageReader.Page> read(List<Path> files, int run) {
    Map<Long, PageReader.Page> pages = new HashMap<>();
    try (OpenedImage opened = MemoryImages.open(files, options())) {
      PageReader reader = new PageReader(opened.image());
      reader.readAll(run, pages::put);
    }
    return pages;
  }

  /** The first pages of each of the first extents: damage may claim very many. */
  private void readSome(List<Path> files) {
    try (OpenedImage opened = MemoryImages.open(files, options())) {
      PageReader reader = new PageReader(opened.image());
      for (PhysicalExtent extent :
          opened.image().extents().subList(0, Math.min(20, opened.image().extents().size()))) {
        for (long page = 0; page < Math.min(40, extent.pageCount()); page++) {
          reader.read(extent.physicalAddress() + Pages.address(page));
          reader.read(extent.endAddress() - Pages.address(1));
        }
      }
    }
  }
}
