package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonParser;
import io.pagestream.cases.finding.FindingColumn;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.codec.TrustedRecords;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads the file written by {@link FindingJson}, with all fields. */
final class FindingLines {
  static {
    TrustedRecords.trust();
  }

  private FindingLines() {}

  static void forEach(CaseFile file, Consumer<Finding> receiver) {
    file.forEach(json -> receiver.accept(finding(file, json)));
  }

  private static Finding finding(CaseFile file, JsonParser json) throws IOException {
    Finding finding = FindingColumn.blank();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      var unusedValue = json.nextToken();
      FindingColumn column = FindingColumn.ofJson(field);
      if (column == null) {
        json.skipChildren();
      } else {
        column.put(finding, value(file, json, column));
      }
    }
    return finding;
  }

  private static Object value(CaseFile file, JsonParser json, FindingColumn column)
      throws IOException {
    return switch (column.type()) {
      case ID, TEXT -> file.text(json);
      case WORD -> {
        if (!column.knows(file.text(json))) {
          throw file.corrupt(json, "is a word that this version does not know");
        }
        yield json.getText();
      }
      case INTEGER -> (int) file.number(json, 0, Integer.MAX_VALUE);
      case LONG -> file.number(json, 0, Pages.ADDRESS_LIMIT - 1);
      case TEXTS -> file.textByName(json);
    };
  }
}
