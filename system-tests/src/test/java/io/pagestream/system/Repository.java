package io.pagestream.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagestream.images.identity.FileHashing;
import io.pagestream.images.identity.ImageIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Locations in the repository under test. */
final class Repository {
  /** The top folder; Maven runs the tests of a module in the module's folder. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static final Path LAUNCHER = ROOT.resolve("pagestream");
  static final Path SAMPLE = ROOT.resolve("samples/linux-128m.raw.zst");
  static final Path SAMPLE_TRUTH = ROOT.resolve("samples/linux-128m.ground-truth.json");

  /** Number of findings in the sample: the sum that the README shows. */
  static final int SAMPLE_FINDINGS = 15819;

  /** One small memory in every format; see the README there. */
  static final Path SMALL_IMAGES = ROOT.resolve("system-tests/src/test/resources/images");

  private static final JsonMapper JSON = new JsonMapper();

  private Repository() {}

  /** The id of an image of one file. */
  static String imageId(Path image) throws IOException, InterruptedException {
    return ImageIdentity.of(List.of(FileHashing.hash(image, bytes -> {})));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
