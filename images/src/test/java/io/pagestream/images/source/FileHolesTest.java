package io.pagestream.images.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.identity.FileContent;
import io.pagestream.images.identity.FileHashing;
import io.pagestream.images.survey.PageSurvey;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holes of sparse files: zeros that are not read, in every place that reads whole files. */
final class FileHolesTest {
  private static final long TERABYTE = 1L << 40;

  @TempDir Path folder;

  @Test
  void whatIsReportedAsAHoleIsZero() throws Exception {
    long seed = System.nanoTime();
    System.out.println("FileHolesTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      Path file = folder.resolve("random" + round);
      int size = 1 + random.nextInt(1 << 20);
      write(file, size - 1, new byte[1]);
      for (int i = random.nextInt(6); i > 0; i--) {
        byte[] data = new byte[1 + random.nextInt(9000)];
        random.nextBytes(data);
        write(file, random.nextInt(size), data);
      }
      byte[] all = Files.readAllBytes(file);
      try (FileBytes bytes = FileBytes.open(file)) {
        for (int at = 0; at < all.length; at += 1 + random.nextInt(3000)) {
          long zeros = bytes.zerosFrom(at);
          assertThat(zeros).isBetween(0L, (long) all.length - at);
          int end = at + (int) zeros;
          assertThat(Arrays.equals(all, at, end, new byte[(int) zeros], 0, (int) zeros))
              .as("seed %d, from %d to %d", seed, at, end)
              .isTrue();
        }
        assertThat(bytes.zerosFrom(all.length)).isZero();
        assertThat(bytes.zerosFrom(-1)).isZero();
      }
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(all);
      FileContent content = FileHashing.hash(file, hashed -> {});
      assertThat(content.sha256()).as("seed %d", seed).isEqualTo(HexFormat.of().formatHex(sha256));
      assertThat(content.sizeBytes()).isEqualTo(all.length);
    }
  }

  @Test
  void aFileWithoutHolesHasNone() throws IOException {
    byte[] data = new byte[300_000];
    Path file = Files.write(folder.resolve("dense"), data);
    try (FileBytes bytes = FileBytes.open(file)) {
      for (int at = 0; at < data.length; at += 4096) {
        assertThat(bytes.zerosFrom(at)).isZero();
      }
    }
  }

  @Test
  void holesOfAFileThatReplacedTheOpenOneAreNotUsed() throws IOException {
    Path file = folder.resolve("image");
    byte[] data = new byte[1 << 20];
    Arrays.fill(data, (byte) 1);
    Files.write(file, data);
    try (FileBytes bytes = FileBytes.open(file)) {
      Files.delete(file);
      write(file, data.length - 1, new byte[1]);
      assertThat(bytes.zerosFrom(0)).isZero();
      byte[] read = new byte[10];
      assertThat(bytes.read(0, MemorySegment.ofArray(read))).isEqualTo(10);
      assertThat(read).containsOnly(1);
    }
  }

  @Test
  void aTerabyteOfHolesIsNotRead() throws Exception {
    Path file = folder.resolve("terabyte.raw");
    write(file, TERABYTE - 1, new byte[1]);
    write(file, 1L << 35, new byte[] {1});
    assumeHoles(file);
    try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults())) {
      PageSurvey survey = PageSurvey.of(opened.image(), done -> {});
      assertThat(survey.counts().present()).isEqualTo(Pages.frameNumber(TERABYTE));
      assertThat(survey.zeroPages()).isEqualTo(Pages.frameNumber(TERABYTE) - 1);
      assertThat(survey.zeroStretches().getFirst().start()).isEqualTo((1L << 35) + Pages.SIZE);
      assertThat(opened.search().linuxRoots(1, (done, pages) -> {})).isEmpty();
    }
  }

  @Test
  void pagesThatADoubtCoversAreNotTakenForHoles() throws IOException {
    Path file = folder.resolve("short.lime");
    ByteBuffer header = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0x4C694D45).putInt(1).putLong(0).putLong((8L << 20) - 1).putLong(0);
    write(file, 4 << 20, new byte[1]);
    write(file, 0, header.array());
    try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults())) {
      long pages = opened.image().zeroPagesFrom(Pages.SIZE);
      assertThat(Pages.address(pages)).isLessThanOrEqualTo(4L << 20);
      assertThat(opened.image().zeroPagesFrom(6L << 20)).isZero();
    }
  }

  private static void assumeHoles(Path file) throws IOException {
    try (FileBytes bytes = FileBytes.open(file)) {
      assumeTrue(bytes.zerosFrom(0) > 0, "the file system of the test does not tell holes");
    }
  }

  private static void write(Path file, long offset, byte[] data) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      int written = channel.write(ByteBuffer.wrap(data), offset);
      assertThat(written).isEqualTo(data.length);
    }
  }
}
