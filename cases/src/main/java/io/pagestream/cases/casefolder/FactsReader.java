package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads the part of the manifest about the job, as written by {@link ManifestJson}. */
final class FactsReader {
  private final CaseFile file;
  private final JobJson jobs;
  private String version = "";
  private List<String> commandLine = List.of();
  private Instant started = Instant.EPOCH;
  private Instant ended = Instant.EPOCH;
  private Map<String, String> settings = Map.of();
  private List<String> notAnalysed = List.of();
  private List<String> notes = List.of();
  private String caseId = "";
  private String examiner = "";
  private List<GivenImage> given = List.of();
  private List<CaseJob> earlier = List.of();
  private List<String> skipped = List.of();
  private int exitCode;

  private FactsReader(CaseFile file) {
    this.file = file;
    this.jobs = new JobJson(file);
  }

  /**
   * The information about the job in a manifest.
   *
   * @param facts the job
   * @param notes notes about the job, in sentences
   * @param exitCode exit code of the job
   */
  record Read(CaseFacts facts, List<String> notes, int exitCode) {}

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
            reader.notAnalysed,
            reader.caseId,
            reader.examiner,
            reader.given,
            reader.earlier,
            reader.skipped),
        reader.notes,
        reader.exitCode);
  }

  private void read(JsonParser json) throws IOException {
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (field) {
        case "version" -> version = file.text(json);
        case "commandLine" -> commandLine = jobs.texts(json, value);
        case "started" -> started = jobs.instant(json);
        case "ended" -> ended = jobs.instant(json);
        case "settings" -> settings = file.textByName(json);
        case "exitCode" -> exitCode = (int) file.number(json, 0, 255);
        case "notAnalysed" -> notAnalysed = jobs.texts(json, value);
        case "notes" -> notes = jobs.texts(json, value);
        case "caseId" -> caseId = file.text(json);
        case "examiner" -> examiner = file.text(json);
        case "given" -> given = jobs.given(json, value);
        case "skippedFiles" -> skipped = jobs.texts(json, value);
        case "earlierJobs" -> earlier = jobs.jobs(json, value);
        default -> json.skipChildren();
      }
    }
  }
}
