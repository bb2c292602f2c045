package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pagestream.cases.text.Words;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the jobs of a case in a manifest, as written by {@link ManifestJson}. */
record JobJson(CaseFile file) {
  List<CaseJob> jobs(JsonParser json, JsonToken value) throws IOException {
    requireArray(json, value);
    List<CaseJob> jobs = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      jobs.add(job(json));
    }
    return jobs;
  }

  private CaseJob job(JsonParser json) throws IOException {
    String version = "";
    List<String> commandLine = List.of();
    Instant started = Instant.EPOCH;
    Instant ended = Instant.EPOCH;
    Map<String, String> settings = Map.of();
    List<GivenImage> given = List.of();
    String seal = "";
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (field) {
        case "version" -> version = file.text(json);
        case "commandLine" -> commandLine = texts(json, value);
        case "started" -> started = instant(json);
        case "ended" -> ended = instant(json);
        case "settings" -> settings = file.textByName(json);
        case "given" -> given = given(json, value);
        case "sealSha256" -> seal = file.text(json);
        default -> json.skipChildren();
      }
    }
    return new CaseJob(version, commandLine, started, ended, settings, given, seal);
  }

  List<GivenImage> given(JsonParser json, JsonToken value) throws IOException {
    requireArray(json, value);
    List<GivenImage> given = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      given.add(image(json));
    }
    return given;
  }

  private GivenImage image(JsonParser json) throws IOException {
    String path = "";
    String label = "";
    GivenImage.Outcome outcome = GivenImage.Outcome.SKIPPED;
    String imageId = "";
    String message = "";
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken unusedValue = json.nextToken();
      switch (field) {
        case "path" -> path = file.text(json);
        case "label" -> label = file.text(json);
        case "outcome" -> outcome = outcome(json);
        case "imageId" -> imageId = file.text(json);
        case "message" -> message = file.text(json);
        default -> json.skipChildren();
      }
    }
    return new GivenImage(path, label, outcome, imageId, message);
  }

  private GivenImage.Outcome outcome(JsonParser json) throws IOException {
    String word = file.text(json);
    for (GivenImage.Outcome outcome : GivenImage.Outcome.values()) {
      if (Words.of(outcome).equals(word)) {
        return outcome;
      }
    }
    throw file.corrupt(json, "is an outcome that this version does not know");
  }

  Instant instant(JsonParser json) throws IOException {
    try {
      return Instant.parse(file.text(json));
    } catch (DateTimeException e) {
      throw file.corrupt(json, "should be a time");
    }
  }

  List<String> texts(JsonParser json, JsonToken value) throws IOException {
    requireArray(json, value);
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(file.text(json));
    }
    return texts;
  }

  private void requireArray(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      throw file.corrupt(json, "should be an array");
    }
  }
}
