package io.pagestream.cases.verdicts;

import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The information in the image's own page tables about a page. Page-table roots that the image
 * names may decide verdicts; roots found only by their shape annotate them.
 *
 * @param mappings number of mappings found; {@link #MANY} means that many or more
 * @param cacheTypes effective cache types of these mappings, in the order of the enum
 * @param largePage whether a large page covers it
 * @param pagingStructure whether it contains paging structures itself
 * @param alias two mappings whose cache types differ, or null
 * @param byShape additional information from roots found by their shape
 */
public record Mapping(
    int mappings,
    List<CacheType> cacheTypes,
    boolean largePage,
    boolean pagingStructure,
    @Nullable Alias alias,
    ByShape byShape) {
  /** The largest number of mappings that is distinguished ({@code MappingSpan.avsc}). */
  public static final int MANY = 65_535;

  private static final CacheType[] TYPES = CacheType.values();

  /**
   * Additional information from page-table roots found only by their shape.
   *
   * @param mappings further mappings found
   * @param cacheTypes effective cache types of these, in the order of the enum
   * @param largePage whether one of them is a large page
   * @param pagingStructure whether the page is a paging structure according to them
   */
  public record ByShape(
      int mappings, List<CacheType> cacheTypes, boolean largePage, boolean pagingStructure) {
    /** No additional information. */
    public static final ByShape NOTHING = new ByShape(0, List.of(), false, false);

    /** Copies its list. */
    public ByShape {
      cacheTypes = List.copyOf(cacheTypes);
    }

    static ByShape of(MappingSpan span) {
      ByShape all =
          new ByShape(
              span.getShapeMappings(),
              types(span.getShapeCacheTypes()),
              span.getShapeLargePage(),
              span.getShapePagingStructure());
      return all.equals(NOTHING) ? NOTHING : all;
    }
  }

  /** Information only from roots that the image names. */
  public Mapping(
      int mappings,
      List<CacheType> cacheTypes,
      boolean largePage,
      boolean pagingStructure,
      @Nullable Alias alias) {
    this(mappings, cacheTypes, largePage, pagingStructure, alias, ByShape.NOTHING);
  }

  /**
   * Two conflicting mappings of one page.
   *
   * @param firstVirtualAddress virtual address of the first, canonical
   * @param firstType its effective cache type
   * @param firstRoot physical address of the top-level table under which it was found
   * @param secondVirtualAddress virtual address of the second, canonical
   * @param secondType its effective cache type
   * @param secondRoot physical address of the top-level table under which it was found
   * @param firstRootByShape whether the first root was found only by its shape
   * @param secondRootByShape whether the second root was found only by its shape
   */
  public record Alias(
      long firstVirtualAddress,
      CacheType firstType,
      long firstRoot,
      long secondVirtualAddress,
      CacheType secondType,
      long secondRoot,
      boolean firstRootByShape,
      boolean secondRootByShape) {
    /** Whether one of the roots was found only by its shape, so that it may be forged. */
    public boolean isByShape() {
      return firstRootByShape || secondRootByShape;
    }

    static Alias of(CacheAlias alias, long pagesFurther) {
      long bytes = Pages.address(pagesFurther);
      return new Alias(
          alias.getFirstVirtualAddress() + bytes,
          alias.getFirstType(),
          alias.getFirstRoot(),
          alias.getSecondVirtualAddress() + bytes,
          alias.getSecondType(),
          alias.getSecondRoot(),
          alias.getFirstRootByShape(),
          alias.getSecondRootByShape());
    }

    /** The same two mappings, a number of pages further. */
    public Alias further(long pages) {
      long bytes = Pages.address(pages);
      return new Alias(
          firstVirtualAddress + bytes,
          firstType,
          firstRoot,
          secondVirtualAddress + bytes,
          secondType,
          secondRoot,
          firstRootByShape,
          secondRootByShape);
    }
  }

  /** Copies its list. */
  public Mapping {
    cacheTypes = List.copyOf(cacheTypes);
  }

  /** The information of a span of a run about the page at an offset from its first, in pages. */
  static Mapping of(MappingSpan span, long pagesFurther) {
    CacheAlias alias = span.getAlias();
    return new Mapping(
        span.getMappings(),
        types(span.getCacheTypes()),
        span.getLargePage(),
        span.getPagingStructure(),
        alias == null ? null : Alias.of(alias, pagesFurther),
        ByShape.of(span));
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

  /** The information about the page at an offset, if the same two mappings continue to it. */
  public Mapping further(long pages) {
    return alias == null
        ? this
        : new Mapping(
            mappings, cacheTypes, largePage, pagingStructure, alias.further(pages), byShape);
  }
}
