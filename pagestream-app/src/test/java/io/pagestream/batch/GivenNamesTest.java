package io.pagestream.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.producer.stream.ImageNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GivenNamesTest {
  private static final List<List<Path>> TWO =
      List.of(List.of(Path.of("h1/mem.raw")), List.of(Path.of("h2/mem.raw")));

  @Test
  void aNameIsForAllImagesOrForTheOneWithItsFile() {
    GivenNames names =
        new GivenNames(
            List.of("h2/mem.raw=second"), List.of("rack", "h1/mem.raw=web=01"), List.of("E-7"));
    assertThat(names.submissions(TWO, Set.of()))
        .extracting(ImageSubmission::names)
        .containsExactly(
            new ImageNames("h1/mem.raw", "web=01", "E-7"), new ImageNames("second", "rack", "E-7"));
  }

  @Test
  void aLabelWithoutFileNeedsASingleImage() {
    GivenNames names = new GivenNames(List.of("a=b"), List.of(), List.of());
    assertThat(names.submissions(TWO.subList(0, 1), Set.of()))
        .extracting(ImageSubmission::label)
        .containsExactly("a=b");
    assertThatThrownBy(() -> names.submissions(TWO, Set.of()))
        .hasMessageContaining("PS-100")
        .hasMessageContaining("FILE=NAME");
  }

  @Test
  void twoImagesNeverHaveOneLabel() {
    GivenNames same = new GivenNames(List.of("h1/mem.raw=x", "h2/mem.raw=x"), List.of(), List.of());
    assertThatThrownBy(() -> same.submissions(TWO, Set.of())).hasMessageContaining("PS-100");
    GivenNames taken = new GivenNames(List.of("h1/mem.raw=x"), List.of(), List.of());
    assertThatThrownBy(() -> taken.submissions(TWO, Set.of("x"))).hasMessageContaining("PS-100");
    GivenNames other = new GivenNames(List.of("h1/mem.raw=h2/mem.raw"), List.of(), List.of());
    assertThat(other.submissions(TWO, Set.of()))
        .extracting(ImageSubmission::label)
        .doesNotHaveDuplicates();
  }
}
