package io.pagestream.cases.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.HandmadeCase;
import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.seal.CheckedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerdictTableTest {
  private final Path place;

  VerdictTableTest(@TempDir Path folder) {
    place = HandmadeCase.in(folder.resolve("case"));
  }

  @Test
  void everyRowWithItsPagesByContentAndTheProofThatTheyAddUp() {
    VerdictTable table = VerdictTable.of(StoredCase.open(place), By.ROW);
    assertThat(table.addsUp()).isTrue();
    assertThat(table.lines())
        .containsExactly(
            "evil\\u001b[2J.raw  0123456789abcdef0123456789abcdef",
            "  verdict     row          reason                             pages        bytes"
                + "     doubtful         zero     excluded   unreadable",
            "  mapped      windows:5    -                                     23           19"
                + "            0            3            0            1",
            "  overridden  windows:6    established-write-combined             2            2"
                + "            0            0            0            0",
            "  refused     windows:1    paging-structure                       1            1"
                + "            0            0            0            0",
            "  refused     windows:100  device-memory-not-read                 4            4"
                + "            0            0            0            0",
            "  sum                                                            30",
            "  judged 30 + absent 10 = 40 pages of the range map",
            "  adds up: every sum is the ledger's",
            "");
  }

  @Test
  void everyWayOfTellingThemApartHasTheSameSum() {
    for (By by : By.values()) {
      assertThat(VerdictTable.of(StoredCase.open(place), by).lines())
          .as(by.toString())
          .filteredOn(line -> line.startsWith("  sum "))
          .allMatch(line -> line.endsWith(" 30"));
    }
    assertThat(VerdictTable.of(StoredCase.open(place), By.RANGE).lines())
        .anyMatch(line -> line.matches("  device +refused +4 .*"));
    assertThat(VerdictTable.of(StoredCase.open(place), By.TYPE).lines())
        .anyMatch(line -> line.matches("  write-back +write-combining +write-combining +2 .*"));
  }

  @Test
  void aLostLineIsSaid() throws IOException {
    List<String> lines = Files.readAllLines(place.resolve("verdicts.jsonl"));
    Files.write(place.resolve("verdicts.jsonl"), lines.subList(1, lines.size()));
    VerdictTable table = VerdictTable.of(StoredCase.open(CheckedCase.open(place, true)), By.REASON);
    assertThat(table.addsUp()).isFalse();
    assertThat(table.lines())
        .contains("  DOES NOT ADD UP: mapped pages: 1 here, 19 in the ledger")
        .contains("  DOES NOT ADD UP: judged and absent pages together: 22 here, 40 in the ledger");
    assertThat(table.tree()).containsEntry("addsUp", false);
  }
}
