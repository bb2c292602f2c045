package io.pagestream.mapper.call;

import io.pagestream.mapper.policy.CachePolicy;
import io.pagestream.mapper.policy.PageFacts;
import io.pagestream.mapper.policy.RangeFacts;
import io.pagestream.mapper.policy.Verdict;
import io.pagestream.mapper.policy.WindowsAttribute;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges calls in sequence: every page of each call, then the call as a whole. A later call sees
 * the types that earlier ones have established. A pure function of the calls, the policy and the
 * view.
 */
public final class CallJudge {
  private final CachePolicy policy;
  private final MemoryView memory;
  private final CallHistory history = new CallHistory();

  private CallJudge(CachePolicy policy, MemoryView memory) {
    this.policy = policy;
    this.memory = memory;
  }

  /** The results of calls, in order. */
  public static List<CallResult> judge(
      CachePolicy policy, MemoryView memory, List<MappingCall> calls) {
    CallJudge judge = new CallJudge(policy, memory);
    List<CallResult> results = new ArrayList<>();
    for (MappingCall call : calls) {
      CallResult result = judge.result(call, results.size() + 1);
      judge.history.add(result);
      results.add(result);
    }
    return results;
  }

  private CallResult result(MappingCall call, int number) {
    Optional<String> problem = call.problem();
    List<CallResult.Run> runs = problem.isPresent() ? List.of() : runs(call);
    List<CallResult.Advice> advice =
        problem.isPresent() || isAsRequested(runs)
            ? List.of()
            : new CallAdvice(this::runs).of(call, runs);
    return new CallResult(number, call, problem, runs, advice);
  }

  /**
   * Whether all pages are granted with the requested type, no other mapping conflicts, and no page
   * outside of memory becomes cached that was not: its registers would be read from the cache.
   */
  static boolean isAsRequested(List<CallResult.Run> runs) {
    return runs.stream()
        .allMatch(run ->
            run.verdict().kind() == VerdictKind.MAPPED
                && !run.verdict().hazards().contains("cache-alias")
                && !newlyCachesDevice(run));
  }

  private static boolean newlyCachesDevice(CallResult.Run run) {
    return run.verdict().granted() == CacheType.WRITE_BACK
        && WindowsAttribute.of(run.established()) != WindowsAttribute.CACHED
        && isOutsideMemory(facts(run.known()));
  }

  /** Whether a source says that the page is not memory. */
  private static boolean isOutsideMemory(PageFacts facts) {
    return !facts.inPfnDatabase() && !facts.undetermined();
  }

  private List<CallResult.Run> runs(MappingCall call) {
    List<MemoryView.Known> known = new ArrayList<>();
    List<Boolean> mapped = new ArrayList<>();
    boolean memorySeen = false;
    boolean otherSeen = false;
    for (MappingCall.PagesOfCall pages : call.pages()) {
      List<MemoryView.Known> parts =
          pages.mapped()
              ? memory.pages(pages.start(), pages.end())
              : List.of(new MemoryView.Known(pages.start(), pages.end(), null, false, null));
      for (MemoryView.Known each : parts) {
        memorySeen |= pages.mapped() && facts(each).inPfnDatabase();
        otherSeen |= pages.mapped() && isOutsideMemory(facts(each));
        known.add(each);
        mapped.add(pages.mapped());
      }
    }
    boolean mixed = memorySeen && otherSeen;
    List<CallResult.Run> runs = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      if (mapped.get(i)) {
        cut(known.get(i)).forEach(each -> add(runs, run(call, each, mixed)));
      } else {
        runs.add(notMapped(call, known.get(i)));
      }
    }
    return runs;
  }

  /** Cuts pages where the rules change, and where the mappings of earlier calls begin or end. */
  private List<MemoryView.Known> cut(MemoryView.Known pages) {
    TreeSet<Long> cuts = new TreeSet<>(policy.borders());
    history.cuts().forEach(cuts::add);
    List<MemoryView.Known> parts = new ArrayList<>();
    long from = pages.start();
    for (long cut : cuts.subSet(pages.start(), false, pages.end(), false)) {
      parts.add(pages.part(from, cut));
      from = cut;
    }
    parts.add(pages.part(from, pages.end()));
    return parts;
  }

  private CallResult.Run run(MappingCall call, MemoryView.Known known, boolean mixed) {
    PageFacts before = facts(known);
    PageFacts facts = history.after(before, known.start());
    Verdict verdict = RoutineRules.judge(policy, call, facts, known.start(), mixed);
    Optional<CallHistory.Grant> grant =
        history.first(known.start()).filter(first -> establishes(first, before));
    CallResult.Establisher by =
        grant.isPresent() ? CallResult.Establisher.EARLIER_CALL : establisher(known, facts);
    int byCall = grant.map(CallHistory.Grant::number).orElse(0);
    return new CallResult.Run(
        known.start(), known.end(), known, facts.established(), by, byCall, verdict);
  }

  private static boolean establishes(CallHistory.Grant grant, PageFacts before) {
    CacheType type = before.inPfnDatabase() ? before.established() : before.liveMapping();
    return (type == CacheType.UNKNOWN || type == CacheType.NOT_ESTABLISHED)
        && grant.type() != CacheType.UNKNOWN;
  }

  private static CallResult.Establisher establisher(MemoryView.Known known, PageFacts facts) {
    MappingSpan tables = known.tables();
    AddressRange range = known.range();
    if (facts.established() == CacheType.NOT_ESTABLISHED
        || facts.established() == CacheType.UNKNOWN) {
      return CallResult.Establisher.NONE;
    }
    if (tables != null && tables.getEstablished() != CacheType.UNKNOWN) {
      return CallResult.Establisher.PAGE_TABLES;
    }
    return range != null && range.getEstablished() != CacheType.UNKNOWN
        ? CallResult.Establisher.RANGE
        : CallResult.Establisher.DEFAULT;
  }

  private static PageFacts facts(MemoryView.Known known) {
    AddressRange range = known.range();
    MappingSpan tables = known.tables();
    if (range == null) {
      return RangeFacts.ofHole(tables);
    }
    return tables == null ? RangeFacts.of(range) : RangeFacts.of(range, tables);
  }

  private static CallResult.Run notMapped(MappingCall call, MemoryView.Known known) {
    Verdict verdict =
        new Verdict(
            VerdictKind.REFUSED,
            CallResult.NOT_MAPPED_ROW,
            CallResult.NOT_MAPPED,
            call.type().requested(),
            CacheType.NOT_ESTABLISHED,
            CacheType.UNKNOWN,
            List.of());
    return new CallResult.Run(
        known.start(),
        known.end(),
        known,
        CacheType.NOT_ESTABLISHED,
        CallResult.Establisher.NONE,
        0,
        verdict);
  }

  /** Joins runs with equal facts. */
  private static void add(List<CallResult.Run> runs, CallResult.Run next) {
    if (!runs.isEmpty()) {
      CallResult.Run last = runs.getLast();
      MemoryView.Known a = last.known();
      MemoryView.Known b = next.known();
      boolean alike =
          last.end() == next.start()
              && Objects.equals(a.range(), b.range())
              && a.inImage() == b.inImage()
              && isAlike(a.tables(), b.tables())
              && last.established() == next.established()
              && last.by() == next.by()
              && last.byCall() == next.byCall()
              && last.verdict().equals(next.verdict());
      if (alike) {
        runs.removeLast();
        MemoryView.Known both =
            new MemoryView.Known(a.start(), b.end(), a.range(), a.inImage(), a.tables());
        runs.add(
            new CallResult.Run(
                last.start(),
                next.end(),
                both,
                last.established(),
                last.by(),
                last.byCall(),
                last.verdict()));
        return;
      }
    }
    runs.add(next);
  }

  /** Whether page tables say the same as far as a run shows it; the number of mappings is not. */
  private static boolean isAlike(@Nullable MappingSpan a, @Nullable MappingSpan b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return a.getCacheTypes() == b.getCacheTypes()
        && a.getEstablished() == b.getEstablished()
        && a.getLargePage() == b.getLargePage()
        && a.getPagingStructure() == b.getPagingStructure();
  }
}
