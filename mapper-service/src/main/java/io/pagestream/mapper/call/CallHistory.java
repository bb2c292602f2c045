package io.pagestream.mapper.call;

import io.pagestream.mapper.policy.PageFacts;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** The types that earlier calls have established; the mappings of these calls still exist. */
final class CallHistory {
  /**
   * A mapping by an earlier call.
   *
   * @param number number of the call, from 1
   */
  record Grant(long start, long end, CacheType type, int number) {
    boolean covers(long address) {
      return address >= start && address < end;
    }
  }

  private final List<Grant> grants = new ArrayList<>();

  /** Adds a call; a refused call, and a copy, map nothing. */
  void add(CallResult result) {
    if (!result.granted() || !result.call().routine().maps()) {
      return;
    }
    for (CallResult.Run run : result.runs()) {
      if (run.verdict().kind() != VerdictKind.REFUSED) {
        grants.add(new Grant(run.start(), run.end(), run.verdict().granted(), result.number()));
      }
    }
  }

  /** Addresses at which the mappings of earlier calls begin or end. */
  LongStream cuts() {
    return grants.stream().flatMapToLong(grant -> LongStream.of(grant.start(), grant.end()));
  }

  /** The first mapping of a page by an earlier call. */
  Optional<Grant> first(long address) {
    return grants.stream().filter(grant -> grant.covers(address)).findFirst();
  }

  /** The facts of a page after the earlier calls. */
  PageFacts after(PageFacts before, long address) {
    PageFacts facts = before;
    for (Grant grant : grants) {
      if (grant.covers(address)) {
        facts = after(facts, grant.type());
      }
    }
    return facts;
  }

  /**
   * A page of memory without an attribute gets that of its first mapping; elsewhere the mapping is
   * a live I/O mapping. A mapping of another type than the first is an alias.
   */
  private static PageFacts after(PageFacts facts, CacheType type) {
    CacheType live = facts.liveMapping();
    CacheType established = facts.established();
    boolean aliased = facts.aliased();
    if (facts.inPfnDatabase()) {
      aliased |= isType(established) && established != type;
      established = isType(established) ? established : type;
    } else {
      aliased |= isType(live) && live != type;
      live = isType(live) ? live : type;
      established = live;
    }
    return facts.typed(established, live, aliased);
  }

  private static boolean isType(CacheType type) {
    return type != CacheType.UNKNOWN && type != CacheType.NOT_ESTABLISHED;
  }
}
