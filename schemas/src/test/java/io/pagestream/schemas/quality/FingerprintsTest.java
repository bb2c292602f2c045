package io.pagestream.schemas.quality;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

/** A change of a schema is visible in a review as a changed line of a small file. */
final class FingerprintsTest {
  @Test
  void theFingerprintsThatTravelInEveryRecordAreTheseOnes() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Schema record : AllSchemas.records()) {
      lines.append(
          "%016x %s%n"
              .formatted(SchemaNormalization.parsingFingerprint64(record), record.getName()));
    }
    Regenerated.check(
        "src/test/resources/fingerprints.txt", lines.toString(), FingerprintsTest.class);
  }
}
