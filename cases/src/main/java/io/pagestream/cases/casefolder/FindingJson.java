package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.SafeEscapes;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.Finding;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings as JSON lines: UTF-8, one object a line, always the same fields in the same order, so
 * that the same findings are the same bytes.
 */
public final class FindingJson implements Closeable, Flushable {
  private final JsonGenerator json;

  /** Writes to a stream, which it buffers and closes. */
  public FindingJson(OutputStream out) throws IOException {
    this.json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
    json.setCharacterEscapes(new SafeEscapes());
    json.setRootValueSeparator(new SerializedString(""));
  }

  /** Writes one line. */
  public void write(Finding finding) throws IOException {
    json.writeStartObject();
    text("findingId", finding.getFindingId());
    text("imageId", finding.getImageId());
    text("image", finding.getImage());
    text("analyzer", finding.getAnalyzer());
    text("kind", finding.getKind());
    text("value", finding.getValue());
    json.writeNumberField("physicalAddress", finding.getPhysicalAddress());
    text("path", finding.getPath());
    json.writeNumberField("length", finding.getLength());
    text("context", finding.getContext());
    text("encoding", finding.getEncoding());
    text("rangeKind", Words.of(finding.getRangeKind()));
    text("cacheType", Words.of(finding.getCacheType()));
    text("verdict", Words.of(finding.getVerdict()));
    text("confidence", Words.of(finding.getConfidence()));
    attributes(finding.getAttributes());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void attributes(Map<String, String> attributes) throws IOException {
    json.writeObjectFieldStart("attributes");
    Map<String, String> sorted = attributes.size() > 1 ? new TreeMap<>(attributes) : attributes;
    for (Map.Entry<String, String> attribute : sorted.entrySet()) {
      text(HostileText.wellFormed(attribute.getKey()), attribute.getValue());
    }
    json.writeEndObject();
  }

  private void text(String field, String value) throws IOException {
    json.writeStringField(field, HostileText.wellFormed(value));
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
