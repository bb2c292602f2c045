package io.pagestream.cases.query;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.SafeEscapes;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result as JSON: one array, or one object per line. */
final class JsonAnswer {
  private JsonAnswer() {}

  static boolean write(ResultSet rows, long most, OutputStream out, boolean array)
      throws SQLException, IOException {
    // Not closed: the stream belongs to the caller.
    JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setCharacterEscapes(new SafeEscapes());
    json.setRootValueSeparator(new SerializedString(""));
    ResultSetMetaData meta = rows.getMetaData();
    String[] names = new String[meta.getColumnCount()];
    for (int i = 0; i < names.length; i++) {
      names[i] = HostileText.wellFormed(meta.getColumnLabel(i + 1));
    }
    if (array) {
      json.writeStartArray();
    }
    boolean more = rows.next();
    for (long written = 0; more && written < most; written++) {
      if (array) {
        json.writeRaw('\n');
      }
      json.writeStartObject();
      for (int i = 0; i < names.length; i++) {
        json.writeFieldName(names[i]);
        value(json, rows.getObject(i + 1));
      }
      json.writeEndObject();
      if (!array) {
        json.writeRaw('\n');
      }
      more = rows.next();
    }
    if (array) {
      json.writeEndArray();
      json.writeRaw('\n');
    }
    json.flush();
    return more;
  }

  private static void value(JsonGenerator json, @Nullable Object value)
      throws SQLException, IOException {
    switch (value) {
      case null -> json.writeNull();
      case Boolean truth -> json.writeBoolean(truth);
      case BigInteger number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Double number when !Double.isFinite(number) -> json.writeString(number.toString());
      case Float number when !Float.isFinite(number) -> json.writeString(number.toString());
      case Double number -> json.writeNumber(number);
      case Float number -> json.writeNumber(number);
      case Number number -> json.writeNumber(number.longValue());
      case Array list -> values(json, (Object[]) list.getArray());
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(HostileText.wellFormed(String.valueOf(entry.getKey())));
          value(json, entry.getValue());
        }
        json.writeEndObject();
      }
      default -> json.writeString(HostileText.wellFormed(value.toString()));
    }
  }

  private static void values(JsonGenerator json, Object[] values) throws SQLException, IOException {
    json.writeStartArray();
    for (Object value : values) {
      value(json, value);
    }
    json.writeEndArray();
  }
}
