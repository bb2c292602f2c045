package io.pagestream.exports.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagestream.cases.live.FindingWriter;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Documents of the Elastic Common Schema, one per line; {@code ecs-template} is the matching index
 * template. ECS has no field for a physical address: custom fields are under {@code memory.*}.
 *
 * <p>ECS requires {@code @timestamp} in every document. It is the time that the finding contains,
 * or else the start of the analysis, which is always in {@code event.created}; {@code
 * memory.time_meaning} names its meaning.
 */
final class EcsExport implements LineExport {
  /** The version of ECS whose fields are used. */
  static final String ECS_VERSION = "8.17.0";

  @Override
  public FindingWriter open(OutputStream out, ExportFacts facts) throws IOException {
    JsonGenerator json = JsonLines.open(out);
    return new FindingWriter() {
      @Override
      public void write(Finding finding) throws IOException {
        document(json, facts, finding);
      }

      @Override
      public void flush() throws IOException {
        json.flush();
      }
    };
  }

  private static void document(JsonGenerator json, ExportFacts facts, Finding finding)
      throws IOException {
    ArtifactTime time = ArtifactTime.of(finding);
    json.writeStartObject();
    JsonLines.text(json, "@timestamp", (time == null ? facts.started() : time.time()).toString());
    JsonLines.text(json, "message", JsonLines.message(finding));
    json.writeObjectFieldStart("ecs");
    JsonLines.text(json, "version", ECS_VERSION);
    json.writeEndObject();
    json.writeObjectFieldStart("event");
    JsonLines.text(json, "id", finding.getFindingId());
    JsonLines.text(json, "kind", "event");
    JsonLines.text(json, "module", "pagestream");
    JsonLines.text(json, "dataset", "pagestream.finding");
    JsonLines.text(json, "created", facts.started().toString());
    json.writeEndObject();
    json.writeObjectFieldStart("observer");
    JsonLines.text(json, "vendor", "Pagestream");
    JsonLines.text(json, "product", "Pagestream");
    JsonLines.textIfAny(json, "version", facts.toolVersion());
    json.writeEndObject();
    known(json, finding.getKind(), finding.getValue());
    memory(json, finding, time == null ? "Analysis" : time.meaning());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /** The fields that ECS defines for a value of this kind. */
  private static void known(JsonGenerator json, String kind, String value) throws IOException {
    switch (kind) {
      case "url" -> {
        json.writeObjectFieldStart("url");
        JsonLines.text(json, "full", value);
        json.writeEndObject();
      }
      case "domain" -> related(json, "hosts", value);
      case "ipv4", "ipv6" -> {
        // A wrong address makes Elasticsearch refuse the whole document.
        if (IpText.isV4(value) || IpText.isV6(value)) {
          related(json, "ip", value);
        }
      }
      case "email" -> related(json, "user", value);
      default -> {}
    }
  }

  private static void related(JsonGenerator json, String field, String value) throws IOException {
    json.writeObjectFieldStart("related");
    json.writeArrayFieldStart(field);
    json.writeString(HostileText.wellFormed(value));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void memory(JsonGenerator json, Finding finding, String timeMeaning)
      throws IOException {
    json.writeObjectFieldStart("memory");
    json.writeObjectFieldStart("image");
    JsonLines.text(json, "id", finding.getImageId());
    JsonLines.text(json, "name", finding.getImage());
    json.writeEndObject();
    JsonLines.text(json, "time_meaning", timeMeaning);
    JsonLines.text(json, "analyzer", finding.getAnalyzer());
    JsonLines.text(json, "kind", finding.getKind());
    JsonLines.text(json, "value", finding.getValue());
    JsonLines.address(json, finding);
    JsonLines.textIfAny(json, "decoding_path", finding.getLocation().getPath());
    json.writeNumberField("length", finding.getLength());
    JsonLines.textIfAny(json, "context", finding.getContext());
    JsonLines.text(json, "encoding", finding.getEncoding());
    JsonLines.text(json, "range_kind", Words.of(finding.getRangeKind()));
    JsonLines.text(json, "cache_type", Words.of(finding.getCacheType()));
    JsonLines.text(json, "verdict", Words.of(finding.getVerdict()));
    JsonLines.text(json, "confidence", Words.of(finding.getConfidence()));
    JsonLines.texts(json, "attributes", finding.getAttributes());
    json.writeEndObject();
  }
}
