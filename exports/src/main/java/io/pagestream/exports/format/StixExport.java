package io.pagestream.exports.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A STIX 2.1 bundle: an observable for each value, and an observed-data for each finding that
 * refers to it. Properties that STIX does not define (address, image, verdict) are in an extension.
 * Identifiers and bytes are the same for the same case.
 *
 * <p>{@code first_observed} and {@code last_observed} are the start and end of the analysis: the
 * window in which Pagestream observed the data. An image does not record when the data was in the
 * machine's memory.
 */
final class StixExport implements StreamExport {
  private static final String EXTENSION =
      StixIds.id("extension-definition", StixIds.PAGESTREAM, "memory-location-1");
  private static final String AUTHOR = StixIds.id("identity", StixIds.PAGESTREAM, "pagestream");

  /** Creation time of the constant objects. */
  private static final Instant MADE = Instant.parse("2026-11-25T00:00:00Z");

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public ExportCounts write(ExportSource source, OutputStream out) throws IOException {
    JsonGenerator json = JsonLines.open(out);
    ExportFacts facts = source.facts();
    json.writeStartObject();
    json.writeStringField("type", "bundle");
    String images = facts.images().toString();
    json.writeStringField(
        "id", StixIds.id("bundle", StixIds.PAGESTREAM, images + facts.started() + facts.ended()));
    json.writeArrayFieldStart("objects");
    author(json);
    extension(json);
    observables(source, json);
    long findings = source.forEach(finding -> observed(json, facts, finding));
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
    return ExportCounts.all(findings);
  }

  private static void begin(JsonGenerator json, String type, String id) throws IOException {
    json.writeRaw('\n');
    json.writeStartObject();
    json.writeStringField("type", type);
    json.writeStringField("spec_version", "2.1");
    json.writeStringField("id", id);
  }

  private static void made(JsonGenerator json, Instant when) throws IOException {
    json.writeStringField("created", MILLIS.format(when));
    json.writeStringField("modified", MILLIS.format(when));
  }

  private static void author(JsonGenerator json) throws IOException {
    begin(json, "identity", AUTHOR);
    made(json, MADE);
    json.writeStringField("name", "Pagestream");
    json.writeStringField("identity_class", "system");
    json.writeEndObject();
  }

  private static void extension(JsonGenerator json) throws IOException {
    begin(json, "extension-definition", EXTENSION);
    json.writeStringField("created_by_ref", AUTHOR);
    made(json, MADE);
    json.writeStringField("name", "Location in a memory image");
    json.writeStringField(
        "description", "The memory image and address of a finding, and the verdict for its page.");
    json.writeStringField("schema", "docs/exports.md of Pagestream, section STIX");
    json.writeStringField("version", "1.0.0");
    json.writeArrayFieldStart("extension_types");
    json.writeString("property-extension");
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Each observable once, though several kinds may have the same value. */
  private static void observables(ExportSource source, JsonGenerator json) throws IOException {
    source.select(
        "SELECT DISTINCT value, kind FROM findings WHERE {condition} ORDER BY value, kind",
        List.of(),
        rows -> {
          // Equal ids are possible only for one value, or for a key and its bytes as text.
          Set<String> idsOfValue = new HashSet<>();
          String value = "";
          while (rows.next()) {
            String next = rows.getString(1);
            if (!next.equals(value)) {
              idsOfValue.clear();
              value = next;
            }
            StixObservable observable = StixObservable.of(rows.getString(2), value);
            if (idsOfValue.add(observable.id())) {
              observable(json, observable);
            }
          }
        });
  }

  private static void observable(JsonGenerator json, StixObservable observable) throws IOException {
    begin(json, observable.type(), observable.id());
    if (!observable.mimeType().isEmpty()) {
      json.writeStringField("mime_type", observable.mimeType());
    }
    JsonLines.text(json, observable.property(), observable.value());
    json.writeEndObject();
  }

  /**
   * The number for each word of the scale "None / Low / Med / High" of STIX 2.1's confidence scales
   * (oasis-open/cti-python-stix2, stix2/confidence/scales.py).
   */
  private static void confidence(JsonGenerator json, Confidence confidence) throws IOException {
    int percent =
        switch (confidence) {
          case UNRATED -> -1;
          case LOW -> 15;
          case MEDIUM -> 50;
          case HIGH -> 85;
        };
    if (percent >= 0) {
      json.writeNumberField("confidence", percent);
    }
  }

  private static void observed(JsonGenerator json, ExportFacts facts, Finding finding)
      throws IOException {
    begin(
        json,
        "observed-data",
        StixIds.id("observed-data", StixIds.PAGESTREAM, finding.getFindingId()));
    json.writeStringField("created_by_ref", AUTHOR);
    made(json, facts.ended());
    json.writeStringField("first_observed", MILLIS.format(facts.started()));
    json.writeStringField("last_observed", MILLIS.format(facts.ended()));
    json.writeNumberField("number_observed", 1);
    confidence(json, finding.getConfidence());
    json.writeArrayFieldStart("object_refs");
    json.writeString(StixObservable.of(finding.getKind(), finding.getValue()).id());
    json.writeEndArray();
    json.writeObjectFieldStart("extensions");
    json.writeObjectFieldStart(EXTENSION);
    json.writeStringField("extension_type", "property-extension");
    JsonLines.text(json, "finding_id", finding.getFindingId());
    JsonLines.text(json, "image_id", finding.getImageId());
    JsonLines.text(json, "image_name", finding.getImage());
    JsonLines.text(json, "analyzer", finding.getAnalyzer());
    JsonLines.text(json, "kind", finding.getKind());
    JsonLines.address(json, finding);
    JsonLines.textIfAny(json, "decoding_path", finding.getLocation().getPath());
    json.writeNumberField("length", finding.getLength());
    JsonLines.text(json, "encoding", finding.getEncoding());
    JsonLines.text(json, "range_kind", Words.of(finding.getRangeKind()));
    JsonLines.text(json, "cache_type", Words.of(finding.getCacheType()));
    JsonLines.text(json, "verdict", Words.of(finding.getVerdict()));
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }
}
