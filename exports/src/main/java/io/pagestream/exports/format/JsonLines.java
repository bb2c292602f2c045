package io.pagestream.exports.format;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.text.SafeEscapes;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.text.Hex;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** JSON that is safe to show in a terminal, and functions shared by all formats based on it. */
final class JsonLines {
  private static final int MOST_VALUE = 1000;

  private JsonLines() {}

  /** A generator that leaves the stream open. */
  static JsonGenerator open(OutputStream out) throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setCharacterEscapes(new SafeEscapes());
    json.setRootValueSeparator(new SerializedString(""));
    return json;
  }

  static void text(JsonGenerator json, String field, String value) throws IOException {
    json.writeStringField(field, HostileText.wellFormed(value));
  }

  /**
   * Writes the location of a finding: a physical address as a number; a virtual one in hexadecimal,
   * which JSON's numbers cannot hold exactly, with its address space.
   */
  static void address(JsonGenerator json, Finding finding) throws IOException {
    Location location = Location.of(finding);
    if (location.isPhysical()) {
      json.writeNumberField("physical_address", location.address());
    } else {
      text(json, "virtual_address", Hex.of(location.address()));
      text(json, "address_space", location.space());
    }
  }

  /** The same unless the text is empty. */
  static void textIfAny(JsonGenerator json, String field, String value) throws IOException {
    if (!value.isEmpty()) {
      text(json, field, value);
    }
  }

  static void texts(JsonGenerator json, String field, Map<String, String> texts)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
      text(json, HostileText.wellFormed(text.getKey()), text.getValue());
    }
    json.writeEndObject();
  }

  /** A readable description of a finding in one line. */
  static String message(Finding finding) {
    return "%s %s at %s of %s"
        .formatted(
            finding.getKind(),
            HostileText.printable(finding.getValue(), MOST_VALUE),
            Quantities.address(finding.getLocation().getAddress()),
            finding.getImage());
  }
}
