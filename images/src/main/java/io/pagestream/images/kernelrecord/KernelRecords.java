package io.pagestream.images.kernelrecord;

import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.memorytype.MemoryTypeRanges;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.images.memorytype.TrackedTypes;
import io.pagestream.images.rangesource.RangeSource;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Doubt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a kernel recorded about its own memory.
 *
 * @param sources claims about address ranges, the most trusted first
 * @param cache MTRRs and PAT
 * @param tracked the kernel's list of memory types outside of RAM
 * @param roots page-table roots, the kernel's own first
 * @param hints facts for the manifest, with keys {@code kernel-records…}; few and short
 * @param warnings what is not read, in sentences; contradictions are found later
 * @param doubts lists cut by damage
 */
public record KernelRecords(
    List<RangeSource> sources,
    CacheFacts cache,
    List<TrackedTypes.Entry> tracked,
    List<NamedRoot> roots,
    Map<String, String> hints,
    List<String> warnings,
    List<Doubt> doubts) {
  /** No records. */
  public static final KernelRecords NONE =
      new KernelRecords(
          List.of(), CacheFacts.NONE, List.of(), List.of(), Map.of(), List.of(), List.of());

  /** Copies the collections. */
  public KernelRecords {
    sources = List.copyOf(sources);
    tracked = List.copyOf(tracked);
    roots = List.copyOf(roots);
    hints = Map.copyOf(hints);
    warnings = List.copyOf(warnings);
    doubts = List.copyOf(doubts);
  }

  /**
   * Sidecars and these records, which are trusted less. Contradictions about ranges are found when
   * the range map is assembled, those about types here.
   */
  public SideFacts after(SideFacts sidecars) {
    List<RangeSource> all = new ArrayList<>(sidecars.sources());
    all.addAll(sources);
    List<String> sentences = new ArrayList<>(sidecars.warnings());
    return new SideFacts(
        all,
        new CacheFacts(
            mtrr(sidecars.cache().mtrr(), sentences), pat(sidecars.cache().pat(), sentences)),
        tracked(sidecars.tracked(), sentences),
        sentences);
  }

  /** {@code /proc/mtrr} lacks the default type and the fixed ranges: the full state is used. */
  private Optional<MtrrState> mtrr(Optional<MtrrState> given, List<String> sentences) {
    Optional<MtrrState> recorded = cache.mtrr();
    if (given.isEmpty() || recorded.isEmpty()) {
      return given.or(() -> recorded);
    }
    boolean contradict =
        contradict("MTRRs", given.get().ranges(), recorded.get().ranges(), sentences);
    boolean partial = given.get().defaultType() == CacheType.UNKNOWN;
    return partial && !contradict ? recorded : given;
  }

  private Optional<PatLayout> pat(Optional<PatLayout> given, List<String> sentences) {
    if (given.isPresent() && cache.pat().isPresent() && !given.equals(cache.pat())) {
      sentences.add(
          "a sidecar and the kernel's own records contradict each other about the PAT; the sidecar"
              + " is used");
    }
    return given.or(cache::pat);
  }

  private List<TrackedTypes.Entry> tracked(List<TrackedTypes.Entry> given, List<String> sentences) {
    if (given.isEmpty() || tracked.isEmpty()) {
      return given.isEmpty() ? tracked : given;
    }
    contradict(
        "memory types outside of RAM",
        TrackedTypes.ranges(given),
        TrackedTypes.ranges(tracked),
        sentences);
    return given;
  }

  private static boolean contradict(
      String what, MemoryTypeRanges given, MemoryTypeRanges recorded, List<String> sentences) {
    for (long at : MemoryTypeRanges.starts(given, recorded)) {
      CacheType one = given.typeAt(at);
      CacheType other = recorded.typeAt(at);
      if (one != other && one != CacheType.UNKNOWN && other != CacheType.UNKNOWN) {
        sentences.add(
            "a sidecar and the kernel's own records contradict each other about the %s, first at"
                    .formatted(what)
                + " 0x%x: %s, %s; the sidecar is used".formatted(at, one, other));
        return true;
      }
    }
    return false;
  }
}
