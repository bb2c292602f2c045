package io.pagestream.mapper.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.mapper.policy.DecisionRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/cache-policy.md contains the rows of the routines, with the same numbers and reasons. */
class RoutineDocumentTest {
  private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| ([^ ,]+).*\\|([^|]*)\\|$");

  @Test
  void the_rows_of_windows_routines_are_the_codes() throws IOException {
    assertThat(rows("### Other routines of Windows"))
        .containsExactlyEntriesOf(rows(WindowsRoutineRow.values()));
  }

  @Test
  void the_rows_of_linux_routines_are_the_codes() throws IOException {
    assertThat(rows("### ioremap and memremap"))
        .containsExactlyEntriesOf(rows(LinuxRoutineRow.values()));
  }

  @Test
  void the_row_of_virtual_addresses_is_the_codes() throws IOException {
    assertThat(rows("## Virtual addresses"))
        .containsExactlyEntriesOf(Map.of(CallResult.NOT_MAPPED_ROW, CallResult.NOT_MAPPED));
  }

  /** Every row begins with the routine that it is about, and every routine has a row. */
  @Test
  void every_routine_but_the_profiles_own_has_rows() throws IOException {
    String document = document();
    for (Routine routine : Routine.values()) {
      boolean own = routine == Routine.MM_MAP_IO_SPACE || routine == Routine.MAPPING;
      boolean row =
          document
              .lines()
              .map(ROW::matcher)
              .anyMatch(line -> line.matches() && line.group(2).equals(routine.title()));
      assertThat(row).as(routine.title()).isEqualTo(!own);
    }
  }

  private static String document() throws IOException {
    return Files.readString(Path.of("..", "docs", "cache-policy.md"));
  }

  private static Map<Integer, String> rows(DecisionRow<?, ?>[] rows) {
    Map<Integer, String> inCode = new LinkedHashMap<>();
    List.of(rows).forEach(row -> inCode.put(row.number(), row.reason()));
    return inCode;
  }

  private static Map<Integer, String> rows(String heading) throws IOException {
    String document = document();
    int start = document.indexOf("\n" + heading + "\n");
    assertThat(start).as(heading).isNotNegative();
    int next = document.indexOf("\n## ", start + 2);
    int sub = document.indexOf("\n### ", start + 2);
    int end = sub > 0 && sub < next ? sub : next;
    Map<Integer, String> rows = new LinkedHashMap<>();
    for (String line : document.substring(start, end).split("\n", -1)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String reason = row.group(3).replace("`", "").strip();
        rows.put(Integer.parseInt(row.group(1)), reason.equals("-") ? "" : reason);
      }
    }
    return rows;
  }
}
