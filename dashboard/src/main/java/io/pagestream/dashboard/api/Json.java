package io.pagestream.dashboard.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.pagestream.cases.text.SafeEscapes;
import io.pagestream.dashboard.query.BadQuestion;
import java.io.IOException;

/** Responses as JSON. Control characters and direction marks are escaped. */
public final class Json {
  private static final String TYPE = "application/json; charset=utf-8";
  private static final int MOST_DEPTH = 8;
  private static final JsonMapper MAPPER = new JsonMapper(factory());

  private Json() {}

  private static JsonFactory factory() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
            .build();
    return factory.setCharacterEscapes(new SafeEscapes());
  }

  /** Sends a response. */
  public static void send(Context context, Object answer) {
    context.contentType(TYPE).result(text(answer));
  }

  /** A response as text. */
  public static String text(Object answer) {
    try {
      return MAPPER.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a response cannot be written", e);
    }
  }

  /** The value of a JSON column, or the text itself if it is not JSON. */
  static Object parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  /**
   * The body of a request; its content type must be JSON, which a form of another site cannot set.
   */
  static JsonNode body(Context context) {
    String type = context.contentType();
    if (type == null || !type.startsWith("application/json")) {
      throw new BadQuestion("the content type must be application/json");
    }
    try {
      JsonNode node = MAPPER.readTree(context.bodyAsBytes());
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (IOException e) {
      // reported below
    }
    throw new BadQuestion("the body is not a JSON object");
  }
}
