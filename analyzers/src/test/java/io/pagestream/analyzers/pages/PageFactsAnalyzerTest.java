package io.pagestream.analyzers.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Mutations;
import io.pagestream.analyzers.contract.SyntheticMemory;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hashes and entropy of pages, and pages that are known. */
final class PageFactsAnalyzerTest {
  private static final long BASE = 0x10_0000;

  // head -c 4096 /dev/zero | tr '\\0' A | sha256sum (sha1sum, md5sum)
  private static final String SHA256_OF_A =
      "6896d9ea3f73a4434f5832bc65714e7d066f177373f36f34dc8a6f735daa41b1";
  private static final String SHA1_OF_A = "608cabc0f2fa18c260cafd974516865c772363d5";
  private static final String MD5_OF_A = "82a7348c2e03731109d0cf45a7325b88";

  @TempDir private Path folder;

  /** A page of the letter A, a random page, a page of text. */
  private static byte[] memory() {
    byte[] bytes = new byte[3 * Pages.SIZE];
    Arrays.fill(bytes, 0, Pages.SIZE, (byte) 'A');
    byte[] random = new byte[Pages.SIZE];
    new Random(3).nextBytes(random);
    System.arraycopy(random, 0, bytes, Pages.SIZE, Pages.SIZE);
    byte[] text =
        "The quick brown fox jumps over the lazy dog. "
            .repeat(100)
            .getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, bytes, 2 * Pages.SIZE, Pages.SIZE);
    return bytes;
  }

  private static Set<Found> find(Map<String, String> options, int step) {
    try (PageFactsAnalyzer analyzer =
        new PageFactsAnalyzer(new AnalyzerOptions("page-facts", options))) {
      return new SyntheticMemory(memory(), BASE).cut(analyzer, step);
    }
  }

  private Map<String, String> known(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("known.txt"), List.of(lines));
    return Map.of("known", file.toString());
  }

  @Test
  void everyPageHasItsHashAndEntropy() {
    Set<Found> found = find(Map.of("hashes", "1"), 3 * Pages.SIZE);
    assertThat(found)
        .extracting(Found::kind, Found::address, one -> one.attributes().get("entropy-class"))
        .containsExactly(
            tuple("page-hash", BASE, "low"),
            tuple("page-hash", BASE + Pages.SIZE, "high"),
            tuple("page-hash", BASE + 2 * Pages.SIZE, "medium"));
    assertThat(found.iterator().next())
        .satisfies(first -> {
          assertThat(first.value()).isEqualTo(SHA256_OF_A);
          assertThat(first.attributes())
              .containsEntry("algorithm", "sha256")
              .containsEntry("entropy", "0.00");
        });
    assertThat(find(Map.of("hashes", "1"), Pages.SIZE)).isEqualTo(found);
  }

  @Test
  void withoutARequestNothingIsReported() {
    assertThat(find(Map.of(), Pages.SIZE)).isEmpty();
  }

  @Test
  void knownPagesAreReportedByTheAlgorithmOfTheFile() throws IOException {
    for (String hash : List.of(MD5_OF_A, SHA1_OF_A.toUpperCase(Locale.ROOT), SHA256_OF_A)) {
      assertThat(find(known("# pages of A", "", hash + "  a.bin"), Pages.SIZE))
          .extracting(Found::kind, Found::address)
          .containsExactly(tuple("known-page", BASE));
    }
    assertThat(find(known("0".repeat(64)), Pages.SIZE)).isEmpty();
  }

  @Test
  void aFileThatCannotBeUsedIsRefusedWithTheLine() throws IOException {
    assertThatThrownBy(() -> find(known(MD5_OF_A, SHA1_OF_A), 1))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("line 2 has a hash of another length");
    assertThatThrownBy(() -> find(known("nonsense"), 1))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("line 1 is not a hash");
    assertThatThrownBy(() -> find(known("# nothing"), 1))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("contains no hash");
    assertThatThrownBy(() -> find(Map.of("known", "/none/there"), 1))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("/none/there");
  }

  @Test
  void aFileThatHasChangedSinceTheStartOfTheJobIsRefused() throws IOException {
    Map<String, String> options = new HashMap<>(known(SHA256_OF_A));
    Path file = folder.resolve("known.txt");
    options.put("known-sha256", PageFactsAnalyzer.hashOf(file));
    assertThat(find(options, Pages.SIZE)).hasSize(1);
    Files.writeString(file, "# one line more\n" + SHA256_OF_A);
    assertThatThrownBy(() -> find(options, 1))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("known.txt")
        .hasMessageContaining("not " + options.get("known-sha256"));
  }

  @Test
  void aLargeSetHoldsEveryHashAndNoOther() throws IOException {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>();
    List<byte[]> hashes = new ArrayList<>();
    for (int n = 0; n < 20_000; n++) {
      byte[] hash = new byte[20];
      random.nextBytes(hash);
      if (n % 100 == 0) {
        Arrays.fill(hash, 0, 8, (byte) 0); // collides
      }
      hashes.add(hash);
      lines.add(HexFormat.of().formatHex(hash));
    }
    lines.add("0".repeat(40));
    lines.addAll(lines.subList(0, 500));
    KnownPages pages = KnownPages.read(Files.write(folder.resolve("many.txt"), lines));
    assertThat(pages.size()).isEqualTo(20_001);
    assertThat(hashes).allMatch(pages::contains);
    assertThat(pages.contains(new byte[20])).isTrue();
    for (int n = 0; n < 20_000; n++) {
      byte[] other = new byte[20];
      random.nextBytes(other);
      assertThat(pages.contains(other)).isFalse();
    }
  }

  @Test
  void mutatedPagesAreBorne() {
    long seed = Long.getLong("pagestream.seed", System.nanoTime());
    System.out.printf("PageFactsAnalyzerTest: -Dpagestream.seed=%d%n", seed);
    Mutations mutations = new Mutations(List.of(memory()), new Random(seed));
    byte[] text = Arrays.copyOfRange(memory(), 2 * Pages.SIZE, 3 * Pages.SIZE);
    try (PageFactsAnalyzer analyzer =
        new PageFactsAnalyzer(new AnalyzerOptions("page-facts", Map.of("hashes", "1")))) {
      for (int n = 0; n < Mutations.COPIES; n++) {
        byte[] mutated = mutations.next(text);
        Set<Found> found = new SyntheticMemory(mutated, BASE).whole(analyzer);
        assertThat(found).hasSize(mutated.length / Pages.SIZE);
        if (n % 16 == 0) {
          assertThat(new SyntheticMemory(mutated, BASE).cut(analyzer, 1000)).isEqualTo(found);
        }
      }
    }
  }
}
