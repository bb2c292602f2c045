package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/cache-policy.md contains the rows of the code, with the same numbers and reasons. */
class CachePolicyDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "cache-policy.md");
  private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|.*\\|([^|]*)\\|$");

  @Test
  void the_windows_rows_are_the_codes_rows() throws IOException {
    Map<Integer, String> inDocument = rowsUnder("## Profile `windows`");
    // Row 6 has a reason for each attribute that can win.
    inDocument.computeIfPresent(6, (number, reason) -> "");

    assertThat(inDocument).containsExactlyEntriesOf(inCode(WindowsRow.values()));
  }

  @Test
  void the_linux_rows_are_the_codes_rows() throws IOException {
    Map<Integer, String> inDocument = rowsUnder("## Profile `linux`");
    // Rows 11 and 14 have a reason for each type that there can be.
    inDocument.computeIfPresent(11, (number, reason) -> "");
    inDocument.computeIfPresent(14, (number, reason) -> "");

    assertThat(inDocument).containsExactlyEntriesOf(inCode(LinuxRow.values()));
  }

  @Test
  void the_strict_rows_are_the_codes_rows() throws IOException {
    assertThat(rowsUnder("## Profile `strict`"))
        .containsExactlyEntriesOf(inCode(StrictRow.values()));
  }

  @Test
  void the_readers_own_row_is_the_codes_row() throws IOException {
    assertThat(rowsUnder("## How Pagestream requests pages"))
        .containsExactlyEntriesOf(
            Map.of(ReaderRule.DEVICE_NOT_READ_ROW, ReaderRule.DEVICE_NOT_READ));
  }

  @Test
  void every_reason_of_an_override_every_profile_and_every_type_is_in_the_document()
      throws IOException {
    String document = Files.readString(DOCUMENT);

    assertThat(Arrays.stream(WindowsAttribute.values()).map(WindowsAttribute::overrideReason))
        .allSatisfy(reason -> assertThat(document).contains(reason));
    assertThat(Arrays.stream(CacheMode.values()).map(CacheMode::cacheType))
        .filteredOn(type -> type != CacheType.UNCACHED)
        .allSatisfy(type -> assertThat(document).contains(LinuxPolicy.existingReason(type)));
    assertThat(CachePolicies.names()).allSatisfy(name -> assertThat(document).contains(name));
    assertThat(RequestedType.values())
        .allSatisfy(type -> assertThat(document).contains("`" + type.word() + "`"));
  }

  @Test
  void windows_rows_keep_their_numbers() {
    assertThat(WindowsRow.values())
        .extracting(WindowsRow::number)
        .containsExactly(0, 1, 12, 11, 2, 3, 13, 4, 5, 6, 7, 14, 8, 9, 10);
  }

  private static Map<Integer, String> inCode(DecisionRow<?, ?>[] rows) {
    Map<Integer, String> inCode = new LinkedHashMap<>();
    for (DecisionRow<?, ?> row : rows) {
      inCode.put(row.number(), row.reason());
    }
    return inCode;
  }

  /** Number and reason (the last column) of each row of the tables under a heading. */
  private static Map<Integer, String> rowsUnder(String heading) throws IOException {
    String document = Files.readString(DOCUMENT);
    int start = document.indexOf(heading + '\n');
    assertThat(start).as(heading).isNotNegative();
    int next = document.indexOf("\n## ", start);
    // The rows of further routines, in subsections, are those of RoutineDocumentTest.
    int sub = document.indexOf("\n### ", start);
    int end = next < 0 ? document.length() : next;
    String section = document.substring(start, sub < 0 ? end : Math.min(sub, end));
    Map<Integer, String> rows = new LinkedHashMap<>();
    section
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(
            row -> rows.put(Integer.parseInt(row.group(1)), row.group(2).replace("`", "").strip()));
    rows.replaceAll((number, reason) -> reason.equals("-") ? "" : reason);
    return rows;
  }
}
