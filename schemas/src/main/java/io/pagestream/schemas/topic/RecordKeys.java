package io.pagestream.schemas.topic;

import io.pagestream.schemas.avro.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Keys of records, as UTF-8 text that is readable in any Kafka tool. */
public final class RecordKeys {
  private RecordKeys() {}

  /** Key of an image's manifest, and of its opening and end in a page stream. */
  public static byte[] image(String imageId) {
    return imageId.getBytes(StandardCharsets.UTF_8);
  }

  /** Key of a run. */
  public static byte[] run(String imageId, long runIndex) {
    return (imageId + '/' + runIndex).getBytes(StandardCharsets.UTF_8);
  }

  /** Key of a receipt. */
  public static byte[] receipt(String imageId, Stage stage, long block) {
    return (imageId + '/' + stage.name().toLowerCase(Locale.ROOT) + '/' + block)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Key of a finding. */
  public static byte[] finding(String findingId) {
    return findingId.getBytes(StandardCharsets.UTF_8);
  }
}
