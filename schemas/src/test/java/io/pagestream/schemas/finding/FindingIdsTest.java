package io.pagestream.schemas.finding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FindingIdsTest {
  private static final String IMAGE = "0123456789abcdef0123456789abcdef";

  private final FindingIds ids = new FindingIds();

  @Test
  void idsStayTheSameFromReleaseToRelease() {
    assertThat(ids.of(IMAGE, "text", "email", Location.physical(0x1000), "a@example.com"))
        .isEqualTo("50826d9af2db8c133d1c70e68c3c8909");
  }

  @Test
  void anIdMatchesTheContentThatItWasMadeOf() {
    assertThat(ids.matches(finding())).isTrue();
  }

  @Test
  void anIdDoesNotMatchWhenAnyFieldThatItCoversIsChanged() {
    List<Consumer<Finding>> changes =
        List.of(
            finding -> finding.setImageId(IMAGE.replace('0', '1')),
            finding -> finding.setAnalyzer("texts"),
            finding -> finding.setKind("url"),
            finding -> finding.getLocation().setAddress(0x1001),
            finding -> finding.getLocation().setPath("GZIP-0"),
            finding -> finding.getLocation().setSpace("0x1000"),
            finding -> finding.setValue("b@example.com"),
            finding ->
                finding.setFindingId(finding.getFindingId().toUpperCase(java.util.Locale.ROOT)),
            finding -> finding.setFindingId(finding.getFindingId().substring(1)),
            finding -> finding.setFindingId(""));
    for (Consumer<Finding> change : changes) {
      Finding finding = finding();
      change.accept(finding);
      assertThat(ids.matches(finding)).as(finding.toString()).isFalse();
    }
  }

  @Test
  void textCannotMoveFromOneFieldToTheNext() {
    assertThat(ids.of(IMAGE, "ab", "c", Location.physical(0), ""))
        .isNotEqualTo(ids.of(IMAGE, "a", "bc", Location.physical(0), ""));
  }

  @Test
  void aGenuineFindingUnderItsKeyBreaksNoRule() {
    assertThat(new FindingRules().violation(key(finding()), finding())).isNull();
  }

  @Test
  void aFindingIsRejectedForItsContentKeyKindAndBounds() {
    FindingRules rules = new FindingRules();
    Finding changed = finding();
    changed.setValue("innocent@example.com");
    assertThat(rules.violation(key(changed), changed)).contains("does not match");
    assertThat(rules.violation(null, finding())).contains("key");
    assertThat(rules.violation("0".repeat(32).getBytes(UTF_8), finding())).contains("key");
    Finding negative = finding();
    negative.setLength(-1);
    assertThat(rules.violation(key(negative), negative)).contains("length");
    Finding wild = finding();
    wild.setKind("E-Mail ");
    wild.setFindingId(ids.of(IMAGE, "text", "E-Mail ", Location.physical(0x1000), "a@example.com"));
    assertThat(rules.violation(key(wild), wild)).contains("kind");
    Finding elsewhere = finding();
    elsewhere.setLocation(new Location("elsewhere", 0x1000, "").record());
    elsewhere.setFindingId(ids.of(IMAGE, "text", "email", Location.of(elsewhere), "a@example.com"));
    assertThat(rules.violation(key(elsewhere), elsewhere)).contains("address space");
  }

  private static byte[] key(Finding finding) {
    return finding.getFindingId().getBytes(UTF_8);
  }

  private Finding finding() {
    return Finding.newBuilder()
        .setFindingId(ids.of(IMAGE, "text", "email", Location.physical(0x1000), "a@example.com"))
        .setImageId(IMAGE)
        .setImage("memory.raw")
        .setAnalyzer("text")
        .setKind("email")
        .setValue("a@example.com")
        .setLocation(Location.physical(0x1000).record())
        .setLength(13)
        .setEncoding("ascii")
        .setRangeKind(RangeKind.RAM)
        .setCacheType(CacheType.WRITE_BACK)
        .setVerdict(VerdictKind.MAPPED)
        .build();
  }
}
