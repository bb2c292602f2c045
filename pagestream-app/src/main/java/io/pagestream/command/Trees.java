package io.pagestream.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagestream.findings.text.SafeEscapes;
import java.util.Map;

/** Trees of plain values as JSON that is safe to show on a terminal. */
final class Trees {
  private Trees() {}

  static String json(Map<String, Object> tree) {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    mapper.getFactory().setCharacterEscapes(new SafeEscapes());
    try {
      return mapper.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }
}
