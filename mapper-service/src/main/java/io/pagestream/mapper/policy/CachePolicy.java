package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;

/**
 * The rules by which a system's memory manager lets a reader map a page with a cache type, as a
 * pure function. A policy judges one page, or any number of pages with the same facts.
 */
public interface CachePolicy {
  /** Name of the profile, for example {@code windows}; part of every verdict that is recorded. */
  String name();

  /** What a request for pages with these facts gets. The same arguments always give the same. */
  Verdict judge(PageFacts facts, MappingRequest request);

  /** The profile's own number for a cache type, as {@link MappingRequest#type} wants it. */
  int typeNumber(CacheType type);
}
