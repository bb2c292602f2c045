package io.pagestream.images.pagetable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.memory.MemoryImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The images with page tables among the tests' resources, and how they are read. */
final class TestTables {
  static final Path FOLDER = Path.of("src/test/resources/pagetable");

  private TestTables() {}

  static OpenedImage open(Path file) {
    return MemoryImages.open(List.of(file), OpenOptions.defaults());
  }

  static PageMappings read(MemoryImage image) {
    return read(image, PageTableOptions.defaults());
  }

  static PageMappings read(MemoryImage image, PageTableOptions options) {
    try {
      return PageTables.read(image, options, PageTableProgress.NONE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(Path file) {
    try {
      return new JsonMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path gzipped) {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(gzipped))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
