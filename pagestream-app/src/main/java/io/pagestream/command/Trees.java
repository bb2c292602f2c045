package io.pagestream.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.SafeEscapes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Trees of plain values as JSON that is safe to show on a terminal. */
final class Trees {
  private static final int MOST_WARNING = 1000;

  private Trees() {}

  /** A tree of a case, preceded by a warning if the case differs from its seal. */
  static Map<String, Object> warned(CheckedCase checked, Map<String, Object> tree) {
    if (checked.warning().isEmpty()) {
      return tree;
    }
    Map<String, Object> warned = new LinkedHashMap<>();
    warned.put("sealWarning", checked.warning());
    warned.putAll(tree);
    return warned;
  }

  /** The same warning as a line for a terminal. */
  static Optional<String> warning(CheckedCase checked) {
    return checked.warning().isEmpty()
        ? Optional.empty()
        : Optional.of("WARNING: " + HostileText.printable(checked.warning(), MOST_WARNING));
  }

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
