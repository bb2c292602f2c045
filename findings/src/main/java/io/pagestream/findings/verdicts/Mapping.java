package io.pagestream.findings.verdicts;

import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the image's own page tables say of a page.
 *
 * @param mappings mappings found; {@link #MANY} stands for that many or more
 * @param cacheTypes effective cache types of these mappings, in the order of the enum
 * @param largePage whether a large page covers it
 * @param pagingStructure whether it holds paging structures itself
 * @param alias two mappings whose cache types differ, or null
 */
public record Mapping(
    int mappings,
    List<CacheType> cacheTypes,
    boolean largePage,
    boolean pagingStructure,
    @Nullable Alias alias) {
  /** The largest number of mappings that is told apart ({@code MappingSpan.avsc}). */
  public static final int MANY = 65_535;

  private static final CacheType[] TYPES = CacheType.values();

  /**
   * Two mappings of one page that disagree.
   *
   * @param firstVirtualAddress virtual address of the first, canonical
   * @param firstType its effective cache type
   * @param firstRoot physical address of the top-level table under which it was found
   * @param secondVirtualAddress virtual address of the second, canonical
   * @param secondType its effective cache type
   * @param secondRoot physical address of the top-level table under which it was found
   */
  public record Alias(
      long firstVirtualAddress,
      CacheType firstType,
      long firstRoot,
      long secondVirtualAddress,
      CacheType secondType,
      long secondRoot) {
    static Alias of(CacheAlias alias, long pagesFurther) {
      long bytes = Pages.address(pagesFurther);
      return new Alias(
          alias.getFirstVirtualAddress() + bytes,
          alias.getFirstType(),
          alias.getFirstRoot(),
          alias.getSecondVirtualAddress() + bytes,
          alias.getSecondType(),
          alias.getSecondRoot());
    }

    /** The same two mappings, so many pages further. */
    public Alias further(long pages) {
      long bytes = Pages.address(pages);
      return new Alias(
          firstVirtualAddress + bytes,
          firstType,
          firstRoot,
          secondVirtualAddress + bytes,
          secondType,
          secondRoot);
    }
  }

  /** Copies its list. */
  public Mapping {
    cacheTypes = List.copyOf(cacheTypes);
  }

  /** What a span of a run says of the page that lies so many pages behind its first. */
  static Mapping of(MappingSpan span, long pagesFurther) {
    CacheAlias alias = span.getAlias();
    return new Mapping(
        span.getMappings(),
        types(span.getCacheTypes()),
        span.getLargePage(),
        span.getPagingStructure(),
        alias == null ? null : Alias.of(alias, pagesFurther));
  }

  @SuppressWarnings("EnumOrdinal") // the schema's own numbering: bit n for the symbol at index n
  private static List<CacheType> types(int mask) {
    List<CacheType> types = new ArrayList<>();
    for (CacheType type : TYPES) {
      if ((mask >>> type.ordinal() & 1) != 0) {
        types.add(type);
      }
    }
    return types;
  }

  /** What holds of the page so many pages further, if the same two mappings go on to there. */
  public Mapping further(long pages) {
    return alias == null
        ? this
        : new Mapping(mappings, cacheTypes, largePage, pagingStructure, alias.further(pages));
  }
}
