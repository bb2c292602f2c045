package io.pagestream.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ImageLabelsTest {
  @Test
  void aSingleImageIsCalledLikeItsFile() {
    assertThat(labels("/evidence/host1/mem.raw")).containsExactly("mem.raw");
  }

  @Test
  void theShortestEndThatNoOtherPathHasTellsImagesApart() {
    assertThat(
            labels(
                "/e/host1/mem.raw",
                "/e/host2/mem.raw",
                "/e/a/host3/mem.raw",
                "/e/b/host3/mem.raw",
                "/e/web.lime"))
        .containsExactly(
            "host1/mem.raw", "host2/mem.raw", "a/host3/mem.raw", "b/host3/mem.raw", "web.lime");
  }

  @Test
  void aPathThatIsTheEndOfAnotherIsWholeAndTheSameFileHasTheSameLabel() {
    assertThat(labels("/mem.raw", "/a/mem.raw", "/a/mem.raw", "/a/../a/mem.raw"))
        .containsExactly("/mem.raw", "a/mem.raw", "a/mem.raw", "a/mem.raw");
  }

  @Test
  void aLabelOfTheCaseIsNotGivenAgain() {
    assertThat(ImageLabels.of(List.of(Path.of("/a/mem.raw")), Set.of("mem.raw")))
        .containsExactly("a/mem.raw");
    assertThat(
            ImageLabels.of(
                List.of(Path.of("/a/mem.raw")),
                Set.of("mem.raw", "a/mem.raw", "/a/mem.raw", "/a/mem.raw#2")))
        .containsExactly("/a/mem.raw#3");
  }

  @Test
  void theOrderOfThePathsDoesNotMatter() {
    long seed = System.nanoTime();
    System.out.println("ImageLabelsTest, seed " + seed);
    Random random = new Random(seed);
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Path path = Path.of("/");
      for (int depth = 1 + random.nextInt(4); depth > 0; depth--) {
        path = path.resolve("abc".substring(random.nextInt(3)));
      }
      paths.add(path);
    }
    Map<Path, String> first = byPath(paths);
    Collections.shuffle(paths, random);
    assertThat(byPath(paths)).isEqualTo(first);
    assertThat(first.values()).doesNotHaveDuplicates();
    first.forEach((path, label) -> assertThat(path.toString()).endsWith(label));
  }

  private static Map<Path, String> byPath(List<Path> paths) {
    List<String> labels = ImageLabels.of(paths, Set.of());
    Map<Path, String> byPath = new HashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      byPath.put(paths.get(i), labels.get(i));
    }
    return byPath;
  }

  private static List<String> labels(String... paths) {
    return ImageLabels.of(List.of(paths).stream().map(Path::of).toList(), Set.of());
  }
}
