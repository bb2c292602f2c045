package io.pagestream.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every page of every golden image matches {@code expected.json}. */
final class GoldenImagesTest {
  static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TestFactory
  Stream<DynamicTest> everyPageIsAsExpected() throws IOException {
    return images().map(expected -> DynamicTest.dynamicTest(name(expected), () -> check(expected)));
  }

  static Stream<JsonNode> images() throws IOException {
    JsonNode root = new JsonMapper().readTree(GOLDEN.resolve("expected.json").toFile());
    return StreamSupport.stream(root.path("images").spliterator(), false);
  }

  static List<Path> files(JsonNode expected) {
    List<Path> files = new ArrayList<>();
    expected.path("files").forEach(file -> files.add(GOLDEN.resolve(file.asText())));
    return files;
  }

  static String name(JsonNode expected) {
    return expected.path("name").asText();
  }

  private static void check(JsonNode expected) {
    try (OpenedImage opened = MemoryImages.open(files(expected), OpenOptions.defaults())) {
      PageReader reader = new PageReader(opened.image());
      for (JsonNode page : expected.path("pages")) {
        check(page, reader);
      }
    }
  }

  private static void check(JsonNode page, PageReader reader) {
    long pfn = page.path("pfn").asLong();
    String state = page.path("state").asText();
    assertThat(reader.has(Pages.address(pfn)))
        .as("page %x is there", pfn)
        .isNotEqualTo(state.equals("absent"));
    if (state.equals("absent")) {
      return;
    }
    PageState read = reader.read(Pages.address(pfn));
    byte[] bytes = reader.bytes();
    assertThat(read)
        .as("page %x", pfn)
        .isEqualTo(state.equals("excluded") ? PageState.EXCLUDED : PageState.PRESENT);
    byte[] first = HexFormat.of().parseHex(page.path("first8").asText("0000000000000000"));
    if (state.equals("present") && first[7] != 0x47) {
      // The page of noise, of which only the first bytes are in the expectations.
      assertThat(bytes).as("bytes of page %x", pfn).startsWith(first);
      return;
    }
    byte[] wanted = new byte[Pages.SIZE];
    int valid = read == PageState.PRESENT ? page.path("validBytes").asInt(Pages.SIZE) : 0;
    for (int i = 0; i < valid; i++) {
      wanted[i] = first[i % first.length];
    }
    assertThat(bytes).as("bytes of page %x", pfn).isEqualTo(wanted);
  }
}
