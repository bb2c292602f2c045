package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.DecodingLimits;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** All analyzers process the data that one has decoded. */
class DecodedFindingsTest {
  private static final int AT = 200;

  @Test
  void whatIsInAGzipMemberIsFoundWithItsPath() throws IOException {
    RunAnalysis analysis =
        analyze(gzip("0123456789 someone@example.org and more".getBytes(ascii())));
    assertThat(emails(analysis)).containsExactly("someone@example.org GZIP-11");
    assertThat(analysis.findings())
        .allMatch(
            finding -> finding.getLocation().getAddress() == Pages.address(Runs.FIRST_FRAME) + AT);
    assertThat(analysis.outcome(run(new byte[0])).decoded())
        .containsEntry("gzip:streams", 1L)
        .containsEntry("gzip:bytes", 39L)
        .doesNotContainKey("gzip:cut");
  }

  @Test
  void aMemberInAMemberIsFollowed() throws IOException {
    ByteArrayOutputStream outer = new ByteArrayOutputStream();
    outer.writeBytes("padding".getBytes(ascii()));
    outer.writeBytes(gzip(" inner@example.org ".getBytes(ascii())));
    assertThat(emails(analyze(gzip(outer.toByteArray()))))
        .containsExactly("inner@example.org GZIP-7-GZIP-1");
  }

  @Test
  void aMemberThatIsCutGivesWhatIsThere() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append("line %d user%d@example.org%n".formatted(i, i * 7919 % 10_007));
    }
    byte[] member = gzip(text.toString().getBytes(ascii()));
    assertThat(member.length).isGreaterThan(Pages.SIZE);
    RunAnalysis analysis = analyze(member);
    assertThat(emails(analysis)).hasSizeGreaterThan(300).first().asString().endsWith(" GZIP-7");
    assertThat(analysis.decoded()).containsEntry("gzip:cut", 1L);
    assertThat(analysis.capped()).as("a log is kept whole").isEmpty();
  }

  /** With the look-ahead, a member may continue in the pages after its run. */
  @Test
  void aMemberIsFollowedBehindItsRun() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      text.append("line %d user%d@example.org%n".formatted(i, i * 7919 % 10_007));
    }
    byte[] member = gzip(text.toString().getBytes(ascii()));
    int inRun = Pages.SIZE - AT;
    PageRun run = run(member);
    run.setLookAhead(ByteBuffer.wrap(member, inRun, member.length - inRun).slice());
    RunAnalysis analysis = analyze(run);
    assertThat(emails(analysis)).hasSize(4000);
    assertThat(analysis.decoded()).doesNotContainKey("gzip:cut");
    assertThat(gzipFinding(analysis).getAttributes()).doesNotContainKey("cut");
    assertThat(gzipFinding(analyze(member)).getAttributes()).containsEntry("cut", "true");
  }

  private static Finding gzipFinding(RunAnalysis analysis) {
    return analysis.findings().stream()
        .filter(finding -> finding.getKind().equals("gzip"))
        .findFirst()
        .orElseThrow();
  }

  /** A decompression bomb costs at most the limit for a page. */
  @Test
  void aBombIsCut() throws IOException {
    RunAnalysis analysis = analyze(gzip(new byte[3_000_000]));
    assertThat(analysis.decoded())
        .containsEntry("gzip:bytes", (long) DecodingLimits.DEFAULT.pageBytes())
        .containsEntry("gzip:cut", 1L);
    assertThat(analysis.failures()).isEmpty();
  }

  private static java.nio.charset.Charset ascii() {
    return StandardCharsets.US_ASCII;
  }

  private static List<String> emails(RunAnalysis analysis) {
    return analysis.findings().stream()
        .filter(finding -> finding.getKind().equals("email"))
        .sorted(
            java.util.Comparator.comparing(
                finding -> finding.getLocation().getPath(), DecodedFindingsTest::compare))
        .map(finding -> finding.getValue() + " " + finding.getLocation().getPath())
        .toList();
  }

  private static int compare(String path, String other) {
    return path.length() != other.length()
        ? Integer.compare(path.length(), other.length())
        : path.compareTo(other);
  }

  private static RunAnalysis analyze(byte[] member) {
    return analyze(run(member));
  }

  private static RunAnalysis analyze(PageRun run) {
    try (AnalyzerLane lane =
        new AnalyzerLane(
            AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of(), Map.of()),
            WorkLimit.of(Duration.ofMinutes(10)),
            FindingCap.DEFAULT,
            PayloadFiles.NONE)) {
      return lane.analyze(Runs.manifest(1), run);
    }
  }

  private static PageRun run(byte[] member) {
    PageRun run = Runs.of(0, "B");
    byte[] page = new byte[Pages.SIZE];
    System.arraycopy(member, 0, page, AT, Math.min(member.length, page.length - AT));
    run.setPages(ByteBuffer.wrap(page));
    return run;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(content);
    }
    return packed.toByteArray();
  }
}
