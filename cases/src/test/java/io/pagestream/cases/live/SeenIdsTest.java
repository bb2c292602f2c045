package io.pagestream.cases.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeenIdsTest {
  private static final long SEED = 20_261_127;

  @TempDir private Path folder;

  @Test
  void itAnswersAsASetDoesFarBeyondItsFirstTable() {
    Random random = new Random(SEED);
    Set<String> expected = new HashSet<>();
    try (SeenIds seen = new SeenIds(folder)) {
      for (int i = 0; i < 500_000; i++) {
        // A sixth of them come again.
        String id = "%016x%016x".formatted(random.nextInt(1 << 20) * 31L, random.nextInt(3));
        assertThat(seen.add(id)).as(id).isEqualTo(expected.add(id));
      }
      assertThat(seen.size()).isEqualTo(expected.size());
      assertThat(folder).as("its file has no name, so nothing is left of it").isEmptyDirectory();
    }
  }

  @Test
  void theIdOfZerosIsAnIdLikeAnyOther() {
    try (SeenIds seen = new SeenIds(folder)) {
      assertThat(seen.add("0".repeat(32))).isTrue();
      assertThat(seen.add("0".repeat(32))).isFalse();
      assertThat(seen.add("0".repeat(31) + "1")).isTrue();
      assertThat(seen.add("0".repeat(15) + "1" + "0".repeat(16))).isTrue();
    }
  }

  @Test
  void withoutATemporaryFolderItFailsByName() {
    try (SeenIds seen = new SeenIds(folder.resolve("gone"))) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  seen.add("%032x".formatted(i));
                }
              })
          .hasMessageContaining("PS-320")
          .hasMessageContaining("TMPDIR");
    }
  }
}
