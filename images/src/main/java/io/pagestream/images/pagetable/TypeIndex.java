package io.pagestream.images.pagetable;

import io.pagestream.schemas.avro.CacheType;
import java.util.List;

/**
 * The index of each symbol of CacheType in its schema, by which bits in the mask of a span are
 * numbered.
 */
final class TypeIndex {
  /** The index of UNKNOWN, the first symbol. */
  static final int UNKNOWN = 0;

  private static final List<CacheType> TYPES = List.of(CacheType.values());

  private TypeIndex() {}

  static int count() {
    return TYPES.size();
  }

  static int of(CacheType type) {
    return TYPES.indexOf(type);
  }

  static CacheType type(int index) {
    return TYPES.get(index);
  }
}
