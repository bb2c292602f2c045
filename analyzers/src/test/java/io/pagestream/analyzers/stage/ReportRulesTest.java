package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which reports are kept, and how findings with listed values are marked. */
final class ReportRulesTest {
  private static final String MEMORY =
      " write to alice@example.org today. write to bob@example.org, see http://example.com/ ";

  @TempDir private Path folder;

  private static List<Finding> analyze(ReportRules rules) {
    AnalyzerSelection all = AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of("text"), Map.of());
    PageRun run = Runs.of(0, "B");
    byte[] page = Arrays.copyOf(MEMORY.getBytes(StandardCharsets.US_ASCII), Pages.SIZE);
    run.setPages(ByteBuffer.wrap(page));
    try (AnalyzerLane lane =
        new AnalyzerLane(
            all.reporting(rules),
            WorkLimit.of(Duration.ofMinutes(1)),
            FindingCap.DEFAULT,
            PayloadFiles.NONE)) {
      return lane.analyze(Runs.manifest(1), run).findings();
    }
  }

  private ListedValues list(String... lines) throws IOException {
    return ListedValues.read(Files.write(folder.resolve("list.txt"), List.of(lines)));
  }

  @Test
  void onlyTheSelectedKindsAreKept() {
    List<Finding> all = analyze(ReportRules.NONE);
    assertThat(all).extracting(Finding::getKind).contains("email", "url", "domain");
    Set<String> kinds = Set.of("url");
    List<Finding> kept = analyze(new ReportRules(kinds, ListedValues.NONE, ListedValues.NONE));
    assertThat(kept)
        .isEqualTo(all.stream().filter(finding -> finding.getKind().equals("url")).toList());
  }

  @Test
  void aKindThatNoAnalyzerFindsIsRefused() {
    Set<String> kinds = Set.of("e-mail");
    assertThatThrownBy(() -> analyze(new ReportRules(kinds, ListedValues.NONE, ListedValues.NONE)))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("'e-mail'");
  }

  @Test
  void listedValuesAreMarkedAndStay() throws IOException {
    ListedValues stop = list("# known", "", "alice@example.org", "bob@example.org");
    ListedValues alert = list("bob@example.org");
    List<Finding> marked = analyze(new ReportRules(Set.of("email"), stop, alert));
    assertThat(marked)
        .extracting(Finding::getValue, finding -> finding.getAttributes().get("list"))
        .containsExactly(tuple("alice@example.org", "stop"), tuple("bob@example.org", "alert"));
    assertThat(marked)
        .extracting(Finding::getFindingId)
        .containsExactlyElementsOf(
            analyze(new ReportRules(Set.of("email"), ListedValues.NONE, ListedValues.NONE)).stream()
                .map(Finding::getFindingId)
                .toList());
  }

  @Test
  void aContextListsAValueOnlyWhereItStands() throws IOException {
    ListedValues values =
        list(
            "a@b.cd\twrite to",
            "4096\tx@y.zz\tfrom here",
            "x@y.zz\tor there",
            "n@o.pq\tx",
            "n@o.pq");
    assertThat(values.lists("a@b.cd", "please write to a@b.cd")).isTrue();
    assertThat(values.lists("a@b.cd", "from a@b.cd")).isFalse();
    assertThat(values.lists("x@y.zz", "from here x@y.zz")).isTrue();
    assertThat(values.lists("x@y.zz", "x@y.zz or there")).isTrue();
    assertThat(values.lists("x@y.zz", "elsewhere")).isFalse();
    assertThat(values.lists("n@o.pq", "anything")).isTrue();
    assertThat(values.lists("4096", "from here")).isFalse();
  }

  /** The escapes of the feature files of bulk_extractor 2 and 1; a finding's context has dots. */
  @Test
  void aContextMayHaveCharactersThatAreNotPrintable() throws IOException {
    ListedValues values =
        list(
            "512\ta@b.cd\tto\\x00\\x0Aa@b.cd\\x5C",
            "512-GZIP-4\te@f.gh\tto\\000\\012e@f.gh\\134",
            "j@k.lm\tJürgen: j@k.lm");
    assertThat(values.lists("a@b.cd", "mail to..a@b.cd\\n")).isTrue();
    assertThat(values.lists("a@b.cd", "mail to a@b.cd\\n")).isFalse();
    assertThat(values.lists("e@f.gh", "mail to..e@f.gh\\n")).isTrue();
    assertThat(values.lists("j@k.lm", "from J..rgen: j@k.lm,")).isTrue();
  }

  @Test
  void whatAffectsFindingsIsRecorded() throws IOException {
    assertThat(ReportRules.NONE.settings()).isEmpty();
    ListedValues stop = list("a");
    assertThat(new ReportRules(Set.of("url", "email"), stop, ListedValues.NONE).settings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "kinds",
                "email,url",
                "stop-list-sha256",
                // printf 'a\n' | sha256sum
                "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"));
  }

  @Test
  void aListThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> ListedValues.read(folder.resolve("none.txt")))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("none.txt");
  }
}
