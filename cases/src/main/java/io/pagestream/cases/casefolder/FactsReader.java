package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the part of the manifest that describes the job, as written by {@link ManifestJson}. */
final class FactsReader {
  private final CaseFile file;
  private String version = "";
  private List<String> commandLine = List.of();
  private Instant started = Instant.EPOCH;
  private Instant ended = Instant.EPOCH;
  private Map<String, String> settings = Map.of();
  private List<String> notAnalysed = List.of();
  private List<String> notes = List.of();

  private FactsReader(CaseFile file) {
    this.file = file;
  }

  /**
   * The information about the job in a manifest.
   *
   * @param facts the job
   * @param notes notes about the job, in sentences
   */
  record Read(CaseFacts facts, List<String> notes) {}

  static Read read(CaseFile manifest) {
    FactsReader reader = new FactsReader(manifest);
    manifest.forEach(reader::read);
    return new Read(
        new CaseFacts(
            reader.version,
            reader.commandLine,
            reader.started,
            reader.ended,
            reader.settings,
            reader.notAnalysed),
        reader.notes);
  }

  private void read(JsonParser json) throws IOException {
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (field) {
        case "version" -> version = file.text(json);
        case "commandLine" -> commandLine = texts(json, value);
        case "started" -> started = instant(json);
        case "ended" -> ended = instant(json);
        case "settings" -> settings = file.textByName(json);
        case "notAnalysed" -> notAnalysed = texts(json, value);
        case "notes" -> notes = texts(json, value);
        default -> json.skipChildren();
      }
    }
  }

  private Instant instant(JsonParser json) throws IOException {
    try {
      return Instant.parse(file.text(json));
    } catch (DateTimeException e) {
      throw file.corrupt(json, "should be a time");
    }
  }

  private List<String> texts(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      throw file.corrupt(json, "should be an array");
    }
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(file.text(json));
    }
    return texts;
  }
}
