package io.pagestream.cases.casefolder;

import io.pagestream.cases.text.SafeJson;
import io.pagestream.schemas.topic.DeadLetter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Writes {@code dead-letters.jsonl}: a line for each analysis that failed, each run that a stage
 * rejected, and each record that was rejected without an image. Entries with a run can be repeated
 * with {@code pagestream retry}.
 */
final class DeadLetterJson extends SafeJson {
  DeadLetterJson(OutputStream out) throws IOException {
    super(out);
  }

  /**
   * Writes one line.
   *
   * @param image display name of the image; empty if the record belongs to none
   */
  void write(String image, DeadLetter letter) throws IOException {
    json.writeStartObject();
    text("imageId", letter.imageId());
    text("image", image);
    if (letter.runIndex() >= 0) {
      json.writeNumberField("runIndex", letter.runIndex());
    }
    if (letter.physicalAddress() >= 0) {
      json.writeNumberField("physicalAddress", letter.physicalAddress());
    }
    json.writeNumberField("pageCount", letter.pageCount());
    text("stage", letter.stage().name().toLowerCase(Locale.ROOT));
    text("analyzer", letter.analyzer());
    text("reason", letter.reason());
    text("code", letter.code());
    text("message", letter.message());
    text("source", letter.source());
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
