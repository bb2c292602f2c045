package io.pagestream.images.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.interval.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A survey counts pages and finds memory that was replaced by zeros. */
class PageSurveyTest {
  @TempDir private Path folder;

  @Test
  void longStretchesOfZerosAreListedByLength() throws Exception {
    byte[] memory = new byte[8 << 20];
    Arrays.fill(memory, (byte) 1);
    Arrays.fill(memory, 1 << 20, 2 << 20, (byte) 0); // exactly 1 MiB
    Arrays.fill(memory, 3 << 20, 5 << 20, (byte) 0);
    Arrays.fill(memory, 6 << 20, (7 << 20) - 1, (byte) 0); // one byte is not zero
    PageSurvey survey = survey(memory);
    assertThat(survey.zeroStretches())
        .containsExactly(new Interval(3 << 20, 5 << 20), new Interval(1 << 20, 2 << 20));
    assertThat(survey.zeroPages()).isEqualTo(256 + 512 + 255);
    assertThat(survey.counts().present()).isEqualTo(2048);
  }

  @Test
  void memoryWithoutZerosHasNone() throws Exception {
    byte[] memory = new byte[2 << 20];
    Arrays.fill(memory, (byte) 1);
    assertThat(survey(memory).zeroStretches()).isEmpty();
    assertThat(survey(memory).zeroPages()).isZero();
  }

  private PageSurvey survey(byte[] memory) throws Exception {
    Path file = Files.write(folder.resolve("memory.raw"), memory);
    try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults())) {
      return PageSurvey.of(opened.image(), pages -> {});
    }
  }
}
