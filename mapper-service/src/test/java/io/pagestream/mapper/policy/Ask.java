package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import java.util.Arrays;

/** Requests for one page at 2 MiB, by the requested x86 type. */
final class Ask {
  static final long ADDRESS = 0x200000;

  private Ask() {}

  static MappingRequest page(CachePolicy policy, CacheType type) {
    return new MappingRequest(ADDRESS, 0x1000, policy.typeNumber(requested(type)));
  }

  /** The first word for a type. */
  static RequestedType requested(CacheType type) {
    return Arrays.stream(RequestedType.values())
        .filter(requested -> requested.cacheType() == type)
        .findFirst()
        .orElseThrow();
  }
}
