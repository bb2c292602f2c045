package io.pagestream.schemas.topic;

import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Headers of a dead letter; its key and value are the original's. All values are UTF-8 text. */
public final class DeadLetters {
  /**
   * Stage that could not process the record: {@code producer}, {@code mapper}, {@code analyzers}.
   */
  public static final String STAGE = "pagestream.stage";

  /** Numbered error code, for example {@code PS-210}. */
  public static final String ERROR_CODE = "pagestream.error.code";

  /** What was wrong, one line. */
  public static final String ERROR_MESSAGE = "pagestream.error.message";

  /** Where the record came from: {@code topic/partition/offset}. */
  public static final String SOURCE = "pagestream.source";

  /** Analyzer that failed, where it was one; otherwise absent. */
  public static final String ANALYZER = "pagestream.analyzer";

  private DeadLetters() {}

  /** Headers that every dead letter has. */
  public static Headers headers(Stage stage, ErrorCode code, String message, String source) {
    RecordHeaders headers = new RecordHeaders();
    put(headers, STAGE, stage.name().toLowerCase(java.util.Locale.ROOT));
    put(headers, ERROR_CODE, code.toString());
    put(headers, ERROR_MESSAGE, message);
    put(headers, SOURCE, source);
    return headers;
  }

  /** Adds one header. */
  public static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
