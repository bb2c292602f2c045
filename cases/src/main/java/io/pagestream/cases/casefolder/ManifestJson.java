package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.coverage.ImageCoverage;
import io.pagestream.cases.doubt.CaseDoubt;
import io.pagestream.cases.seal.SealJson;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.SafeJson;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ByteRange;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageSource;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.LedgerProof;
import io.pagestream.schemas.ledger.StageTotals;
import io.pagestream.schemas.ledger.Unseen;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes {@code manifest.json}: the images, the program and its settings, and the page accounting.
 */
final class ManifestJson extends SafeJson {
  /** Value of the field {@code tool}, which identifies a case folder of Pagestream. */
  static final String TOOL = "pagestream";

  ManifestJson(OutputStream out) throws IOException {
    super(out);
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""));
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    json.setPrettyPrinter(printer);
  }

  void write(CaseFacts facts, CollectedCase collected, List<SealedFile> sealed) throws IOException {
    json.writeStartObject();
    text("tool", TOOL);
    text("version", facts.toolVersion());
    optional("caseId", facts.caseId());
    optional("examiner", facts.examiner());
    texts("commandLine", facts.commandLine());
    text("started", facts.started().toString());
    text("ended", facts.ended().toString());
    texts("settings", new TreeMap<>(facts.settings()));
    json.writeBooleanField("addsUp", collected.failure() == null);
    if (collected.failure() != null) {
      text("failure", String.valueOf(collected.failure().getMessage()));
    }
    json.writeNumberField("exitCode", collected.outcome(facts.notAnalysed().size()).exitCode());
    doubts(collected.doubts());
    texts("notAnalysed", facts.notAnalysed());
    given(facts.given());
    texts("skippedFiles", facts.skipped());
    objects("earlierJobs", facts.earlier(), this::job);
    texts("problems", collected.problems());
    texts("notes", collected.notes());
    json.writeNumberField("findings", collected.findings().count());
    SealJson.write(json, sealed);
    json.writeArrayFieldStart("images");
    for (int i = 0; i < collected.ledgers().size(); i++) {
      image(
          collected.ledgers().get(i), collected.coverage().get(i), collected.findings().byKind(i));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /** The plan of a job: what is known before its first image. */
  void writePlan(CaseFacts facts) throws IOException {
    json.writeStartObject();
    text("tool", TOOL);
    text("version", facts.toolVersion());
    optional("caseId", facts.caseId());
    optional("examiner", facts.examiner());
    texts("commandLine", facts.commandLine());
    text("started", facts.started().toString());
    texts("settings", new TreeMap<>(facts.settings()));
    given(facts.given());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void optional(String field, String value) throws IOException {
    if (!value.isEmpty()) {
      text(field, value);
    }
  }

  /** A job that wrote the case before, with the hash of its manifest. */
  private void job(CaseJob job) throws IOException {
    text("version", job.toolVersion());
    texts("commandLine", job.commandLine());
    text("started", job.started().toString());
    text("ended", job.ended().toString());
    texts("settings", new TreeMap<>(job.settings()));
    given(job.given());
    text("sealSha256", job.sealSha256());
  }

  private void given(List<GivenImage> images) throws IOException {
    objects(
        "given",
        images,
        image -> {
          text("path", image.path());
          text("label", image.label());
          text("outcome", Words.of(image.outcome()));
          optional("imageId", image.imageId());
          optional("message", image.message());
        });
  }

  private void sources(List<ImageSource> sources) throws IOException {
    objects(
        "sources",
        sources,
        source -> {
          text("path", source.getPath());
          json.writeNumberField("sizeBytes", source.getSizeBytes());
          text("modified", source.getModified());
          optional("changed", source.getChanged());
          optional("fileKey", source.getFileKey());
        });
  }

  private void doubts(List<CaseDoubt> doubts) throws IOException {
    objects(
        "doubts",
        doubts,
        doubt -> {
          text("imageId", doubt.imageId());
          text("image", doubt.imageName());
          text("reason", doubt.doubt().getReason());
          json.writeNumberField("physicalAddress", doubt.doubt().getPhysicalAddress());
          json.writeNumberField("pageCount", doubt.doubt().getPageCount());
          text("message", doubt.doubt().getMessage());
        });
  }

  private void image(ImageLedger ledger, ImageCoverage coverage, SortedMap<String, Long> findings)
      throws IOException {
    json.writeStartObject();
    text("imageId", ledger.imageId());
    ImageManifest manifest = ledger.manifest();
    if (manifest != null) {
      text("name", manifest.getName());
      text("format", manifest.getFormat());
      text("wrapping", manifest.getWrapping());
      text("state", Words.of(manifest.getState()));
      optional("host", manifest.getHost());
      optional("evidenceId", manifest.getEvidenceId());
      files(ledger.files());
      sources(manifest.getSources());
      json.writeNumberField("pageSizeBytes", manifest.getPageSizeBytes());
      texts("hints", new TreeMap<>(manifest.getHints()));
      texts("warnings", manifest.getWarnings());
    }
    pages(ledger.proof());
    StageTotals mapper = ledger.totals(Stage.MAPPER);
    StageTotals analyzers = ledger.totals(Stage.ANALYZERS);
    counts("verdictPages", mapper.verdictPages());
    counts("refusedPages", mapper.refusedPages());
    counts("withheldPages", coverage.withheld());
    pagesNotAnalyzed(coverage);
    texts("criticalWarnings", coverage.warnings());
    counts("findings", findings);
    counts("cappedFindings", analyzers.cappedFindings());
    counts("decoded", analyzers.decoded());
    counts("failures", analyzers.failures());
    json.writeObjectFieldStart("receipts");
    stage("mapper", mapper);
    stage("analyzers", analyzers);
    if (manifest != null && manifest.getKernelFindings()) {
      stage("producer", ledger.totals(Stage.PRODUCER));
    }
    json.writeEndObject();
    if (manifest != null) {
      rangeMap(manifest.getRanges());
    }
    json.writeEndObject();
  }

  private void files(List<ImageFile> files) throws IOException {
    objects(
        "files",
        files,
        file -> {
          text("name", file.getName());
          json.writeNumberField("sizeBytes", file.getSizeBytes());
          if (file.getSha256() == null) {
            json.writeNullField("sha256");
          } else {
            text("sha256", file.getSha256());
          }
          unreadable(file.getUnreadable());
        });
  }

  /** The ranges that the SHA-256 does not cover. */
  private void unreadable(List<ByteRange> ranges) throws IOException {
    objects(
        "unreadable",
        ranges,
        range -> {
          json.writeNumberField("offset", range.getOffset());
          json.writeNumberField("length", range.getLength());
        });
  }

  /** The page accounting: the required sum, its parts, and its problems. */
  private void pages(LedgerProof proof) throws IOException {
    json.writeObjectFieldStart("pages");
    json.writeNumberField("mapped", proof.mapped());
    json.writeNumberField("overridden", proof.overridden());
    json.writeNumberField("refused", proof.refused());
    json.writeNumberField("zero", proof.zero());
    json.writeNumberField("excluded", proof.excluded());
    json.writeNumberField("absent", proof.absent());
    json.writeNumberField("rangeMapPages", proof.rangeMapPages());
    json.writeObjectFieldStart("absentParts");
    json.writeNumberField("withoutBytes", proof.absentWithoutBytes());
    json.writeNumberField("unreadable", proof.unreadable());
    json.writeEndObject();
    json.writeBooleanField("addsUp", proof.addsUp());
    text("equation", proof.equation());
    texts("problems", proof.problems());
    texts("notes", proof.notes());
    json.writeEndObject();
  }

  /** The pages that were not analyzed; the first ranges for each reason. */
  private void pagesNotAnalyzed(ImageCoverage coverage) throws IOException {
    json.writeObjectFieldStart("pagesNotAnalyzed");
    json.writeNumberField("pages", coverage.total());
    counts("byReason", words(coverage.pages()));
    objects(
        "ranges",
        coverage.ranges(),
        range -> {
          text("reason", range.reason().word());
          json.writeNumberField("physicalAddress", range.physicalAddress());
          json.writeNumberField("pageCount", range.pageCount());
        });
    counts("moreRanges", words(coverage.moreRanges()));
    json.writeEndObject();
  }

  private static SortedMap<String, Long> words(Map<Unseen, Long> counts) {
    SortedMap<String, Long> words = new TreeMap<>();
    counts.forEach((reason, count) -> words.put(reason.word(), count));
    return words;
  }

  private void stage(String name, StageTotals totals) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("runs", totals.runs());
    json.writeNumberField("pages", totals.pages());
    json.writeNumberField("payloadBytes", totals.payloadBytes());
    if (!totals.findings().isEmpty()) {
      counts("findings", totals.findings());
    }
    json.writeEndObject();
  }

  private void rangeMap(List<AddressRange> ranges) throws IOException {
    objects(
        "rangeMap",
        ranges,
        range -> {
          json.writeNumberField("physicalAddress", range.getPhysicalAddress());
          json.writeNumberField("pageCount", range.getPageCount());
          text("kind", Words.of(range.getKind()));
          text("provenance", Words.of(range.getProvenance()));
          text("established", Words.of(range.getEstablished()));
          json.writeBooleanField("largePages", range.getLargePages());
          text("name", range.getName());
          text("source", range.getSource());
        });
  }

  /** Writes the fields of one object. */
  @FunctionalInterface
  private interface Fields<T> {
    void write(T of) throws IOException;
  }

  private <T> void objects(String field, List<T> all, Fields<T> fields) throws IOException {
    json.writeArrayFieldStart(field);
    for (T one : all) {
      json.writeStartObject();
      fields.write(one);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void counts(String field, SortedMap<String, Long> counts) throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(HostileText.wellFormed(count.getKey()), count.getValue());
    }
    json.writeEndObject();
  }
}
