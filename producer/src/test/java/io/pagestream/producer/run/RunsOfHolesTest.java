package io.pagestream.producer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runs of a sparse file are those of the same file without holes. */
final class RunsOfHolesTest {
  private static final int PAGES = 700;

  @TempDir Path folder;

  @Test
  void holesAndZerosGiveTheSameRuns() throws IOException {
    long seed = System.nanoTime();
    System.out.println("RunsOfHolesTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 4; round++) {
      Path sparse = folder.resolve("sparse" + round);
      write(sparse, Pages.address(PAGES) - 1, new byte[1]);
      for (int i = random.nextInt(12); i > 0; i--) {
        byte[] data = new byte[1 + random.nextInt(3 * Pages.SIZE)];
        random.nextBytes(data);
        write(sparse, random.nextInt((int) Pages.address(PAGES) - data.length), data);
      }
      Path dense = Files.write(folder.resolve("dense" + round), Files.readAllBytes(sparse));
      for (PayloadMode mode : PayloadMode.values()) {
        assertThat(runs(sparse, mode)).as("seed %d, %s", seed, mode).isEqualTo(runs(dense, mode));
      }
    }
  }

  private static List<PageRun> runs(Path file, PayloadMode mode) {
    List<PageRun> runs = new ArrayList<>();
    try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults())) {
      RunPlan plan = RunPlan.of(opened.extents(), 64);
      try (RunReader reader =
          new RunReader(opened.image(), plan, 512, 16 * Pages.SIZE, MappingSource.NONE, mode)) {
        PageCounts counts = new PageCounts();
        while (reader.hasNext()) {
          runs.add(reader.next("image", counts));
        }
        assertThat(counts.getMapped() + counts.getZero()).isEqualTo(PAGES);
      }
    }
    return runs;
  }

  private static void write(Path file, long offset, byte[] data) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      int written = channel.write(ByteBuffer.wrap(data), offset);
      assertThat(written).isEqualTo(data.length);
    }
  }
}
