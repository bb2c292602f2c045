package io.pagestream.cases.text;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;

/** Writes JSON, in UTF-8, that is safe to show in a terminal with any text in it. */
public abstract class SafeJson implements Closeable, Flushable {
  /** The underlying generator; texts must be written with the methods of this class. */
  protected final JsonGenerator json;

  /** Writes to a stream, which it buffers and closes. */
  protected SafeJson(OutputStream out) throws IOException {
    this.json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
    json.setCharacterEscapes(new SafeEscapes());
    json.setRootValueSeparator(new SerializedString(""));
  }

  /** Writes a field. */
  protected final void text(String field, String value) throws IOException {
    json.writeStringField(field, HostileText.wellFormed(value));
  }

  /** Writes a field with an array of texts. */
  protected final void texts(String field, Collection<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(HostileText.wellFormed(text));
    }
    json.writeEndArray();
  }

  /** Writes a field with an object of texts, in the map's order. */
  protected final void texts(String field, Map<String, String> texts) throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      text(HostileText.wellFormed(entry.getKey()), entry.getValue());
    }
    json.writeEndObject();
  }

  @Override
  public final void flush() throws IOException {
    json.flush();
  }

  @Override
  public final void close() throws IOException {
    json.close();
  }
}
