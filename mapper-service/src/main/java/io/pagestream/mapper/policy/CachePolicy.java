package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules by which a system's memory manager allows a page to be mapped with a cache type, as a
 * pure function. A policy judges one page, or any number of pages with the same facts.
 */
public interface CachePolicy {
  /** Name of the profile, for example {@code windows}; part of every verdict that is recorded. */
  String name();

  /** The options in effect, by name, as text for display. */
  Map<String, String> choices();

  /**
   * The verdict on a request for pages with these facts. The same arguments always give the same
   * verdict.
   */
  Verdict judge(PageFacts facts, MappingRequest request);

  /**
   * The profile's own number for a cache type, as used by {@link MappingRequest#type}.
   *
   * @throws io.pagestream.schemas.error.PagestreamException {@link
   *     io.pagestream.schemas.error.ErrorCode#USAGE} if the system has no such type
   */
  int typeNumber(RequestedType type);

  /**
   * The request that results in the established type of pages; empty if they have none, or if the
   * system has no corresponding request.
   */
  default Optional<RequestedType> requestFor(CacheType established) {
    return Arrays.stream(RequestedType.values())
        .filter(type -> type.cacheType() == established)
        .findFirst();
  }

  /**
   * Physical addresses, ascending and page-aligned, at which the rules change: between two of them,
   * pages with the same facts get the same verdict.
   */
  default List<Long> borders() {
    return List.of();
  }
}
