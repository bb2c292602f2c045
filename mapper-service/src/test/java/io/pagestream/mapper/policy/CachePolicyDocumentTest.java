package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/cache-policy.md shows the rows that the code has, with the code's numbers and reasons. */
class CachePolicyDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "cache-policy.md");
  private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|.*\\|([^|]*)\\|$");

  @Test
  void the_documents_rows_are_the_codes_rows() throws IOException {
    Map<Integer, String> inCode = new LinkedHashMap<>();
    for (WindowsRow row : WindowsRow.values()) {
      inCode.put(row.number(), row.reason());
    }
    inCode.put(ReaderRule.DEVICE_NOT_READ_ROW, ReaderRule.DEVICE_NOT_READ);

    Map<Integer, String> inDocument = new LinkedHashMap<>();
    Files.readString(DOCUMENT)
        .lines()
        .map(ROW::matcher)
        .filter(matcher -> matcher.matches())
        .forEach(row ->
            inDocument.put(Integer.parseInt(row.group(1)), row.group(2).replace("`", "").strip()));
    inDocument.replaceAll((number, reason) -> reason.equals("-") ? "" : reason);
    // Row 6 has a reason for each attribute that can win.
    inDocument.computeIfPresent(6, (number, reason) -> "");

    assertThat(inDocument).containsExactlyEntriesOf(inCode);
  }

  @Test
  void every_reason_of_row_6_is_in_the_document() throws IOException {
    String document = Files.readString(DOCUMENT);

    assertThat(Arrays.stream(WindowsAttribute.values()).map(WindowsAttribute::overrideReason))
        .allSatisfy(reason -> assertThat(document).contains(reason));
  }

  @Test
  void rows_are_numbered_in_their_order() {
    assertThat(WindowsRow.values())
        .extracting(WindowsRow::number)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }
}
