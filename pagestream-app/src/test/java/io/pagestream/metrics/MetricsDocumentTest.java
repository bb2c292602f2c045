package io.pagestream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/metrics.md} is written from the list of metrics. */
final class MetricsDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/metrics.md");
  private static final String BEGIN = "| metric | type | labels | meaning |\n";

  @Test
  void theTableListsEachMetricAndNoOther() throws IOException {
    String before = Files.readString(DOCUMENT);
    int begin = before.indexOf(BEGIN);
    int end = before.indexOf("\n\n", begin) + 1;
    assertThat(begin).as(BEGIN).isPositive();
    String written = before.substring(0, begin) + table() + before.substring(end);
    if (System.getProperty("regenerate") != null) {
      Files.writeString(DOCUMENT, written);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("run: mvn -pl pagestream-app -am test -Dtest=MetricsDocumentTest -Dregenerate")
        .isEqualTo(written);
  }

  private static String table() {
    StringBuilder text = new StringBuilder(BEGIN).append("|---|---|---|---|\n");
    for (Metric metric : Metric.values()) {
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  metric.prometheusName(),
                  metric.type() == Metric.Type.TIMER
                      ? "histogram"
                      : metric.type().name().toLowerCase(Locale.ROOT),
                  metric.labels().isEmpty() ? "" : '`' + String.join("`, `", metric.labels()) + '`',
                  metric.meaning()));
    }
    return text.toString();
  }
}
