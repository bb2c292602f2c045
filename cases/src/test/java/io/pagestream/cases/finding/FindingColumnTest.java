package io.pagestream.cases.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FindingColumnTest {
  @Test
  void theColumnsAreTheFieldsOfTheRecordInTheirOrder() {
    assertThat(FindingColumn.ALL.stream().map(FindingColumn::json))
        .containsExactly(
            "findingId",
            "imageId",
            "image",
            "analyzer",
            "kind",
            "value",
            "space",
            "physicalAddress",
            "path",
            "length",
            "context",
            "encoding",
            "rangeKind",
            "cacheType",
            "verdict",
            "confidence",
            "attributes");
  }

  @Test
  void namesInSqlAreThoseOfJsonInSnakeCase() {
    assertThat(column("physicalAddress").sql()).isEqualTo("physical_address");
    assertThat(column("value").sql()).isEqualTo("value");
    assertThat(FindingColumn.ofJson("address")).isNull();
  }

  @Test
  void whatEveryColumnGivesMakesTheSameFinding() {
    Finding finding = SmallCase.finding(0x1f3a010, "aes-key", "00ff");
    finding.setAttributes(Map.of("bits", "128"));
    Finding copy = FindingColumn.blank();
    FindingColumn.ALL.forEach(column -> column.put(copy, column.value(finding)));
    assertThat(copy).isEqualTo(finding);
  }

  @Test
  void unknownWordsBecomeTheConstantForTheUnknown() {
    Finding finding = FindingColumn.blank();
    FindingColumn range = column("rangeKind");
    range.put(finding, "ram");
    assertThat(range.value(finding)).isEqualTo("ram");
    range.put(finding, "cloud");
    assertThat(finding.getRangeKind()).isEqualTo(RangeKind.UNKNOWN);
    assertThat(finding.getVerdict()).isEqualTo(VerdictKind.REFUSED);
    assertThat(range.knows("cloud")).isFalse();
  }

  private static FindingColumn column(String json) {
    return Objects.requireNonNull(FindingColumn.ofJson(json));
  }
}
