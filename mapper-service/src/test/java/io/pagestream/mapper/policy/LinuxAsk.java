package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;

/** Linux's callers, the pages that they request, and the possible results. */
final class LinuxAsk {
  private LinuxAsk() {}

  static CachePolicy policy(LinuxCall call) {
    return CachePolicies.named("linux", WindowsOptions.DEFAULT, new LinuxOptions(call, true));
  }

  static Verdict judge(CachePolicy policy, PageFacts facts, CacheType requested) {
    return policy.judge(facts, Ask.page(policy, requested));
  }

  static PageFacts ram(CacheType tag) {
    return Facts.of(true, tag, false, false, false, CacheType.NOT_ESTABLISHED);
  }

  static PageFacts io(CacheType entry) {
    return io(entry, CacheType.UNKNOWN, false);
  }

  static PageFacts io(CacheType entry, CacheType mtrr, boolean aliased) {
    return new PageFacts(
        false, CacheType.UNCACHED, false, false, false, entry, mtrr, false, aliased);
  }

  static PageFacts aliased(boolean ram, CacheType first) {
    return new PageFacts(
        ram,
        first,
        false,
        false,
        false,
        ram ? CacheType.NOT_ESTABLISHED : first,
        CacheType.UNKNOWN,
        false,
        true);
  }

  static void assertMapped(Verdict verdict, int row, CacheType granted) {
    assertThat(verdict.kind()).isEqualTo(VerdictKind.MAPPED);
    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.granted()).isEqualTo(granted).isEqualTo(verdict.requested());
    assertThat(verdict.reason()).isEmpty();
  }

  static void assertOverridden(Verdict verdict, int row, CacheType granted, String reason) {
    assertThat(verdict.kind()).isEqualTo(VerdictKind.OVERRIDDEN);
    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.granted()).isEqualTo(granted).isNotEqualTo(verdict.requested());
    assertThat(verdict.reason()).isEqualTo(reason);
  }

  static void assertRefused(Verdict verdict, int row, String reason) {
    assertThat(verdict.kind()).isEqualTo(VerdictKind.REFUSED);
    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.granted()).isEqualTo(CacheType.UNKNOWN);
  }
}
