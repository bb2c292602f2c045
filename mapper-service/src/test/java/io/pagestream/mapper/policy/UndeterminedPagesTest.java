package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages of which no source says whether they are memory, and types that no source knows. */
final class UndeterminedPagesTest {
  private static final long ADDRESS = 0x200_0000;
  private static final int MM_CACHED = 1;
  private static final int MM_NON_CACHED = 0;

  @Test
  void onlyRamIsInThePfnDatabase() {
    for (RangeKind kind : RangeKind.values()) {
      PageFacts facts = RangeFacts.of(range(kind));
      assertThat(facts.inPfnDatabase()).as(kind.name()).isEqualTo(kind == RangeKind.RAM);
      assertThat(facts.undetermined()).as(kind.name()).isEqualTo(kind == RangeKind.UNKNOWN);
    }
  }

  @Test
  void withoutATypeTheRequestIsGrantedUnderReserve() {
    for (int type : List.of(MM_CACHED, MM_NON_CACHED)) {
      Verdict verdict = windows(RangeFacts.of(range(RangeKind.UNKNOWN)), type);
      assertThat(verdict.row()).isEqualTo(11);
      assertThat(verdict.kind()).isEqualTo(VerdictKind.MAPPED);
      assertThat(verdict.established()).isEqualTo(CacheType.UNKNOWN);
      assertThat(verdict.hazards()).containsExactly("membership-unknown", "type-unknown");
    }
  }

  @Test
  void aPageThatTheTablesDoNotMapHasAKnownLackOfAType() {
    Verdict verdict = windows(facts(CacheType.NOT_ESTABLISHED), MM_CACHED);
    assertThat(verdict.row()).isEqualTo(11);
    assertThat(verdict.hazards()).containsExactly("membership-unknown");
  }

  /** In memory the established type would win, elsewhere the call would fail. */
  @Test
  void anotherTypeIsAChoiceAsElsewhere() {
    PageFacts mapped = facts(CacheType.WRITE_BACK);
    assertThat(windows(mapped, MM_CACHED).row()).isEqualTo(11);
    Verdict refused = windows(mapped, MM_NON_CACHED);
    assertThat(refused.row()).isEqualTo(12);
    assertThat(refused.reason()).isEqualTo("membership-unknown");
    assertThat(refused.refused()).isTrue();
    Map<IoConflict, CacheType> granted =
        Map.of(
            IoConflict.OVERRIDE, CacheType.WRITE_BACK,
            IoConflict.ALLOW, CacheType.UNCACHED,
            IoConflict.REJECT, CacheType.UNKNOWN);
    granted.forEach((choice, type) ->
        assertThat(
                CachePolicies.named("windows", new WindowsOptions(17134, choice))
                    .judge(mapped, new MappingRequest(ADDRESS, 4096, MM_NON_CACHED))
                    .granted())
            .as(choice.name())
            .isEqualTo(type));
  }

  @Test
  void pageTablesAreRefusedAnyway() {
    PageFacts table =
        new PageFacts(
            false,
            CacheType.WRITE_BACK,
            false,
            false,
            true,
            CacheType.WRITE_BACK,
            CacheType.UNKNOWN,
            false,
            false,
            true);
    assertThat(windows(table, MM_CACHED).row()).isEqualTo(1);
  }

  @Test
  void aTypeThatIsNotKnownIsNotNotMapped() {
    PageFacts memory =
        Facts.of(true, CacheType.UNKNOWN, false, false, false, CacheType.NOT_ESTABLISHED);
    assertThat(windows(memory, MM_NON_CACHED).row()).isEqualTo(13);
    assertThat(windows(memory, MM_NON_CACHED).hazards())
        .containsExactly("unlocked", "type-unknown");
    PageFacts device = Facts.of(false, CacheType.UNKNOWN, false, false, false, CacheType.UNKNOWN);
    assertThat(windows(device, MM_NON_CACHED).row()).isEqualTo(14);
    assertThat(windows(device, MM_NON_CACHED).hazards()).containsExactly("type-unknown");
  }

  @Test
  void linuxGrantsItUnderReserveUnlessAnotherTypeOverlaps() {
    CachePolicy linux = CachePolicies.named("linux");
    MappingRequest writeBack =
        new MappingRequest(ADDRESS, 4096, linux.typeNumber(RequestedType.CACHED));
    Verdict free = linux.judge(RangeFacts.of(range(RangeKind.UNKNOWN)), writeBack);
    assertThat(free.row()).isEqualTo(16);
    assertThat(free.hazards()).containsExactly("membership-unknown", "type-unknown");
    assertThat(linux.judge(facts(CacheType.WRITE_BACK), writeBack).row()).isEqualTo(16);
    assertThat(linux.judge(facts(CacheType.WRITE_COMBINING), writeBack).row()).isEqualTo(11);
  }

  private static Verdict windows(PageFacts facts, int type) {
    return CachePolicies.named("windows").judge(facts, new MappingRequest(ADDRESS, 4096, type));
  }

  private static PageFacts facts(CacheType byTables) {
    MappingSpan span = new MappingSpan();
    span.setFirstPage(0);
    span.setPageCount(1);
    span.setEstablished(byTables);
    span.setCacheTypes(byTables == CacheType.NOT_ESTABLISHED ? 0 : MappedTypes.bit(byTables));
    return RangeFacts.of(range(RangeKind.UNKNOWN), span);
  }

  private static AddressRange range(RangeKind kind) {
    return new AddressRange(
        ADDRESS, 1L, kind, RangeProvenance.DEFAULT, CacheType.UNKNOWN, false, "", "");
  }
}
