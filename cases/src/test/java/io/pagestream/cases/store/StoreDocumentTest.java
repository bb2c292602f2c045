package io.pagestream.cases.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.TwoImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/store.md} lists every table and view with its columns in order and their types. */
final class StoreDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("\\| ([a-z0-9_]+) \\| ([A-Z]+(?:\\[])?) \\| .+ \\|");

  @TempDir private Path temporary;

  @Test
  void theDocumentAndTheStoreHaveTheSameColumns() throws IOException {
    Map<String, List<String>> documented = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../docs/store.md"))) {
      Matcher row = ROW.matcher(line);
      if (line.startsWith("## ")) {
        columns = new ArrayList<>();
        documented.put(line.substring(3), columns);
      } else if (row.matches()) {
        columns.add(row.group(1) + " " + row.group(2));
      }
    }
    Path folder = TwoImages.write(temporary.resolve("case"));
    try (FindingStore store = CaseStore.open(folder, StoreSettings.DEFAULT, line -> {})) {
      Map<String, List<String>> real =
          store.ask(
              "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
                  + " AND table_name <> 'finding_rows' ORDER BY table_name, column_index",
              List.of(),
              rows -> {
                Map<String, List<String>> found = new TreeMap<>();
                while (rows.next()) {
                  found
                      .computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
                      .add(rows.getString(2) + " " + rows.getString(3));
                }
                return found;
              });
      assertThat(new TreeMap<>(documented)).isEqualTo(real);
    }
  }
}
