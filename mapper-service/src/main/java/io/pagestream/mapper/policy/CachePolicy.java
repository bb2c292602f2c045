package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules by which a system's memory manager lets a reader map a page with a cache type, as a
 * pure function. A policy judges one page, or any number of pages with the same facts.
 */
public interface CachePolicy {
  /** Name of the profile, for example {@code windows}; part of every verdict that is recorded. */
  String name();

  /** The choices in force, by the names of the options that make them; as text, for people. */
  Map<String, String> choices();

  /** What a request for pages with these facts gets. The same arguments always give the same. */
  Verdict judge(PageFacts facts, MappingRequest request);

  /**
   * The profile's own number for a cache type, as {@link MappingRequest#type} wants it.
   *
   * @throws io.pagestream.schemas.error.PagestreamException {@link
   *     io.pagestream.schemas.error.ErrorCode#USAGE} if the system has no such type
   */
  int typeNumber(RequestedType type);

  /**
   * What to ask for in order to get the type that pages already have; empty if they have none, or
   * the system has no name for it.
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
