package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.schemas.page.Pages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Artifacts that cross from a granted into a refused page and back are found completely, for any
 * division of memory into runs: a border between verdicts does not limit the view of an analyzer.
 */
final class VerdictBordersIT {
  private static final int FIRST = 17;
  private static final int END = 64;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 256})
  void everyArtifactAcrossABorderIsFound(int runPages) throws Exception {
    Path image = Files.write(folder.resolve("borders.elf"), ForgedMemory.elfOfBorders(FIRST, END));
    Path caseFolder = folder.resolve("case");

    FinishedCase unused = new LocalJob(runPages, 2, 1).run(caseFolder, List.of(image));

    assertThat(unused.ledgers()).hasSize(1);
    TreeMap<Long, String> emails = new TreeMap<>();
    for (String line : Files.readAllLines(caseFolder.resolve("findings.jsonl"))) {
      JsonNode finding = Repository.json(line);
      if (finding.get("kind").textValue().equals("email")) {
        emails.put(
            finding.get("physicalAddress").longValue(),
            finding.get("value").textValue() + ' ' + finding.get("verdict").textValue());
      }
    }
    Set<String> expected =
        IntStream.range(FIRST, END)
            .mapToObj(page ->
                ForgedMemory.borderEmail(page) + ((page - 1) % 2 == 0 ? " refused" : " mapped"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(new TreeSet<>(emails.values())).isEqualTo(expected);
    assertThat(emails.firstKey()).isEqualTo(Pages.address(FIRST) - 10);
  }
}
