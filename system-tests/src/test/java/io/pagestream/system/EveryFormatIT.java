package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.images.ImageGrouping;
import io.pagestream.schemas.page.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One memory, written in every format by an independent program: the same findings everywhere. */
final class EveryFormatIT {
  @TempDir static Path folder;
  private static final Map<String, FinishedCase> FINISHED = new HashMap<>();

  /** An image of {@code expected.json}: its files and the pages that it carries. */
  record SmallImage(String name, List<Path> files, Set<Long> frames) {
    private static SmallImage of(JsonNode json) {
      List<Path> files = new ArrayList<>();
      json.get("files").forEach(file -> addImage(files, file.textValue()));
      Set<Long> frames = new HashSet<>();
      json.get("ranges").forEach(range -> frames.addAll(frames(range)));
      json.path("excluded").forEach(range -> frames.removeAll(frames(range)));
      return new SmallImage(json.get("name").textValue(), files, frames);
    }

    /** Sidecars are found by the program itself. */
    private static void addImage(List<Path> files, String name) {
      if (!name.endsWith(".json")) {
        files.add(Repository.SMALL_IMAGES.resolve(name));
      }
    }

    private static Set<Long> frames(JsonNode range) {
      Set<Long> frames = new HashSet<>();
      long start = range.get("physicalAddress").longValue();
      long end = start + range.get("length").longValue();
      for (long frame = Pages.frameNumber(start); Pages.address(frame) < end; frame++) {
        frames.add(frame);
      }
      return frames;
    }

    /**
     * Whether the image has the artifact's pages and one on either side, so that the results are
     * equal.
     */
    private boolean carries(Artifact artifact) {
      long first = Pages.frameNumber(artifact.physicalAddress());
      long last = Pages.frameNumber(artifact.physicalAddress() + artifact.length() - 1);
      for (long frame = first - 1; frame <= last + 1; frame++) {
        if (!frames.contains(frame)) {
          return false;
        }
      }
      return true;
    }

    private TreeSet<Artifact> carried(TreeSet<Artifact> artifacts) {
      TreeSet<Artifact> carried = new TreeSet<>(artifacts);
      carried.removeIf(artifact -> !carries(artifact));
      return carried;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<SmallImage> images() {
    JsonNode images =
        Repository.json(Repository.SMALL_IMAGES.resolve("expected.json")).get("images");
    return images.valueStream().map(SmallImage::of);
  }

  /** All in one job: the start of a job takes longer than one of these images. */
  @BeforeAll
  static void analyzeAll() throws Exception {
    List<SmallImage> images = images().toList();
    List<List<Path>> files = new ArrayList<>();
    for (SmallImage image : images) {
      List<List<Path>> groups = ImageGrouping.group(image.files());
      assertThat(groups).as("images in the files of %s", image).hasSize(1);
      files.add(groups.getFirst());
    }
    List<FinishedCase> finished = LocalJob.USUAL.runEach(folder.resolve("case"), files);
    assertThat(finished).hasSameSizeAs(images);
    for (int i = 0; i < images.size(); i++) {
      assertThat(finished.get(i).ledgers().getFirst().files().getFirst().getName())
          .isEqualTo(String.valueOf(files.get(i).getFirst().getFileName()));
      FINISHED.put(images.get(i).name(), finished.get(i));
    }
    assertThat(of("raw").artifacts()).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("images")
  void findsTheSameAtTheSameAddresses(SmallImage image) {
    FinishedCase finished = of(image.name());
    new Promise.EveryPageAccounted().verify(finished);
    TreeSet<Artifact> expected = image.carried(of("raw").artifacts());
    assertThat(expected).hasSizeGreaterThan(20);
    assertThat(image.carried(finished.artifacts())).isEqualTo(expected);
  }

  private static FinishedCase of(String name) {
    return Objects.requireNonNull(FINISHED.get(name), name);
  }
}
