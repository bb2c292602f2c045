package io.pagestream.exports.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagestream.cases.live.FindingWriter;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Timesketch's JSON lines (its guide "Import from JSON or CSV": {@code message}, {@code datetime}
 * in ISO 8601 with a zone, {@code timestamp_desc}; the file's name must end in {@code .jsonl}).
 *
 * <p>Times are never invented. A finding that contains a time gets that time. The others get the
 * time of the acquisition if the user has given it; otherwise they are omitted and counted.
 */
final class TimesketchExport implements LineExport {
  /** OpenSearch indexes no keyword of more than 32,766 bytes and refuses the document. */
  private static final int MOST_CHARACTERS = 8000;

  @Override
  public FindingWriter open(OutputStream out, ExportFacts facts) throws IOException {
    return new Events(JsonLines.open(out), facts.acquired());
  }

  /** Writes events and counts findings without a time. */
  private static final class Events implements FindingWriter {
    private final JsonGenerator json;
    private final @Nullable ArtifactTime acquisition;
    private long leftOut;

    Events(JsonGenerator json, @Nullable Instant acquired) {
      this.json = json;
      this.acquisition = acquired == null ? null : new ArtifactTime(acquired, "Memory acquisition");
    }

    @Override
    public void write(Finding finding) throws IOException {
      ArtifactTime own = ArtifactTime.of(finding);
      ArtifactTime time = own == null ? acquisition : own;
      if (time == null) {
        leftOut++;
        return;
      }
      json.writeStartObject();
      text("message", JsonLines.message(finding));
      text("datetime", time.time().toString());
      text("timestamp_desc", time.meaning());
      text("finding_id", finding.getFindingId());
      text("image_id", finding.getImageId());
      text("image", finding.getImage());
      text("analyzer", finding.getAnalyzer());
      text("kind", finding.getKind());
      text("value", finding.getValue());
      JsonLines.address(json, finding);
      text("decoding_path", finding.getLocation().getPath());
      json.writeNumberField("length", finding.getLength());
      text("context", finding.getContext());
      text("encoding", finding.getEncoding());
      text("range_kind", Words.of(finding.getRangeKind()));
      text("cache_type", Words.of(finding.getCacheType()));
      text("verdict", Words.of(finding.getVerdict()));
      text("confidence", Words.of(finding.getConfidence()));
      for (Map.Entry<String, String> extra : new TreeMap<>(finding.getAttributes()).entrySet()) {
        text("attribute_" + HostileText.wellFormed(extra.getKey()), extra.getValue());
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }

    private void text(String field, String value) throws IOException {
      JsonLines.text(
          json,
          field,
          value.length() <= MOST_CHARACTERS ? value : value.substring(0, MOST_CHARACTERS));
    }

    @Override
    public void flush() throws IOException {
      json.flush();
    }

    @Override
    public long leftOut() {
      return leftOut;
    }

    @Override
    public String whyLeftOut() {
      return leftOut == 0
          ? ""
          : "they have no time; with --acquired TIME they get the time of the acquisition";
    }
  }
}
