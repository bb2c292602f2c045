package io.pagestream.cases.casefolder;

import io.pagestream.cases.text.SafeJson;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings as JSON lines: UTF-8, one object a line, always the same fields in the same order, so
 * that the same findings are the same bytes.
 */
public final class FindingJson extends SafeJson {
  /** Writes to a stream, which it buffers and closes. */
  public FindingJson(OutputStream out) throws IOException {
    super(out);
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
    text("space", finding.getLocation().getSpace());
    json.writeNumberField("physicalAddress", finding.getLocation().getAddress());
    text("path", finding.getLocation().getPath());
    json.writeNumberField("length", finding.getLength());
    text("context", finding.getContext());
    text("encoding", finding.getEncoding());
    text("rangeKind", Words.of(finding.getRangeKind()));
    text("cacheType", Words.of(finding.getCacheType()));
    text("verdict", Words.of(finding.getVerdict()));
    text("confidence", Words.of(finding.getConfidence()));
    Map<String, String> attributes = finding.getAttributes();
    texts("attributes", attributes.size() > 1 ? new TreeMap<>(attributes) : attributes);
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
