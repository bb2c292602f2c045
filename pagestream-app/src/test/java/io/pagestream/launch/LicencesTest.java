package io.pagestream.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of docs/licences.md names the libraries that are on the runtime class path. */
final class LicencesTest {
  private static final Path DOCUMENT = Path.of("../docs/licences.md");

  /** Written by the build (libraries-inside in the pom): {@code group:artifact:jar:…:scope}. */
  private static final Path LIBRARIES = Path.of("target/libraries.txt");

  private static final Pattern LISTED = Pattern.compile("^ +([^: ]+:[^: ]+):jar:");
  private static final Pattern NAMED = Pattern.compile("`([^`:]+:[^`]+)`");

  /** None of them requires that users of the library have the same license. */
  private static final Set<String> ACCEPTED =
      Set.of("Apache-2.0", "EPL-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "0BSD");

  @Test
  void theTableNamesEachLibraryOnceAndNoOther() throws IOException {
    List<String> inside =
        Files.readAllLines(LIBRARIES).stream()
            .flatMap(line -> LISTED.matcher(line).results())
            .map(library -> library.group(1))
            .distinct()
            .toList();
    assertThat(inside).hasSizeGreaterThan(50);
    assertThat(rows().stream().flatMap(row -> NAMED.matcher(row.get(1)).results()))
        .extracting((MatchResult library) -> library.group(1))
        .containsExactlyInAnyOrderElementsOf(inside);
  }

  @Test
  void eachLicenceIsOneThatWeAccept() throws IOException {
    assertThat(rows()).isNotEmpty().allSatisfy(row -> assertThat(row.get(2)).isIn(ACCEPTED));
  }

  /** The cells of the table's rows, from 1 on. */
  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> List.of(line.split(" *\\| *")))
        .toList();
  }
}
