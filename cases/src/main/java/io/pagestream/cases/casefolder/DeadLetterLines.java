package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonParser;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.topic.DeadLetter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the file written by {@link DeadLetterJson}. */
final class DeadLetterLines {
  private static final long MOST_RUNS = Pages.frameNumber(Pages.ADDRESS_LIMIT);

  private DeadLetterLines() {}

  static List<DeadLetter> read(CaseFile file) {
    List<DeadLetter> letters = new ArrayList<>();
    file.forEach(json -> letters.add(letter(file, json)));
    return letters;
  }

  private static DeadLetter letter(CaseFile file, JsonParser json) throws IOException {
    Stage stage = Stage.PRODUCER;
    String code = "";
    String reason = "";
    String message = "";
    String source = "";
    String analyzer = "";
    String imageId = "";
    long runIndex = -1;
    long address = -1;
    long pages = 0;
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      var unusedValue = json.nextToken();
      switch (field) {
        case "stage" -> stage = file.word(json, Stage.class);
        case "code" -> code = file.text(json);
        case "reason" -> reason = file.text(json);
        case "message" -> message = file.text(json);
        case "source" -> source = file.text(json);
        case "analyzer" -> analyzer = file.text(json);
        case "imageId" -> imageId = file.text(json);
        case "runIndex" -> runIndex = file.number(json, 0, MOST_RUNS);
        case "physicalAddress" -> address = file.number(json, 0, Pages.ADDRESS_LIMIT - 1);
        case "pageCount" -> pages = file.number(json, 0, MOST_RUNS);
        default -> json.skipChildren();
      }
    }
    return new DeadLetter(
        stage, code, reason, message, source, analyzer, imageId, runIndex, address, pages);
  }
}
