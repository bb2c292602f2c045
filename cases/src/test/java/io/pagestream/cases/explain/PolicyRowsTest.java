package io.pagestream.cases.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PolicyRowsTest {
  @Test
  void everyRowOfTheDocumentIsThereWithItsConditionAndSource() throws IOException {
    PolicyRows rows = PolicyRows.load();
    for (int row = 0; row <= 10; row++) {
      assertThat(rows.row("windows", row))
          .hasValueSatisfying(found -> {
            assertThat(found.profile()).isEqualTo("windows");
            assertThat(found.condition()).isNotBlank();
            assertThat(found.source()).isNotBlank();
          });
    }
    long numbered =
        Files.readAllLines(Path.of("../docs/cache-policy.md")).stream()
            .filter(line -> line.matches("\\| [A-Z]?[0-9]+ \\|.*"))
            .count();
    assertThat(rows.size()).isEqualTo((int) numbered);
  }

  @Test
  void theReadersOwnRowIsInEveryProfile() {
    PolicyRows rows = PolicyRows.load();
    assertThat(rows.row("windows", 100)).isEqualTo(rows.row("linux", 100)).isPresent();
    assertThat(rows.row("windows", 99)).isEmpty();
  }

  @Test
  void tablesOfOtherThingsAreNoRows() {
    PolicyRows rows =
        PolicyRows.parse(
            Stream.of(
                "## Profile `linux`",
                "| a | b |",
                "|---|---|",
                "| 3 | no row |",
                "",
                "| # | condition | verdict | granted | source |",
                "|---|---|---|---|---|",
                "| L3 | a `UC-` memtype | OVERRIDDEN | UC- | memtype.c |"));
    assertThat(rows.size()).isEqualTo(1);
    assertThat(rows.row("linux", 3))
        .contains(new PolicyRow("linux", "a UC- memtype", "OVERRIDDEN", "UC-", "memtype.c"));
  }
}
