package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;

/**
 * Facts about a page before it is mapped.
 *
 * @param inPfnDatabase whether a source says that the memory manager has a page-frame entry for it,
 *     that is, that it is ordinary memory; device memory and holes have none
 * @param established established cache attribute of the page; {@code NOT_ESTABLISHED} means that
 *     there is none, {@code UNKNOWN} that no source has it
 * @param largePage whether the page is part of a large page (2 MiB, 4 MiB, 1 GiB)
 * @param locked whether the page is known to be locked in memory
 * @param pagingStructure whether the page contains page tables
 * @param liveMapping attribute of a live I/O mapping that overlaps the page; {@code
 *     NOT_ESTABLISHED} if there is none, {@code UNKNOWN} if no source says so; used only outside
 *     the page-frame database
 * @param mtrr memory type of the page in the processor's range registers, or its equivalent; {@code
 *     UNKNOWN} if they are disabled or not known
 * @param partlyMemory whether the request also covers pages of the other membership: memory if this
 *     page is not memory, or the reverse
 * @param aliased whether mappings of the page exist whose cache types differ; {@code established}
 *     and {@code liveMapping} are then those of the first mapping
 * @param undetermined whether no source says if the page is memory; {@code inPfnDatabase} is then
 *     false
 */
public record PageFacts(
    boolean inPfnDatabase,
    CacheType established,
    boolean largePage,
    boolean locked,
    boolean pagingStructure,
    CacheType liveMapping,
    CacheType mtrr,
    boolean partlyMemory,
    boolean aliased,
    boolean undetermined) {
  /** A page that is known to be memory or not. */
  public PageFacts(
      boolean inPfnDatabase,
      CacheType established,
      boolean largePage,
      boolean locked,
      boolean pagingStructure,
      CacheType liveMapping,
      CacheType mtrr,
      boolean partlyMemory,
      boolean aliased) {
    this(
        inPfnDatabase,
        established,
        largePage,
        locked,
        pagingStructure,
        liveMapping,
        mtrr,
        partlyMemory,
        aliased,
        false);
  }

  /** The same page, in a request that covers memory and other addresses, or not. */
  public PageFacts partly(boolean memory) {
    return new PageFacts(
        inPfnDatabase,
        established,
        largePage,
        locked,
        pagingStructure,
        liveMapping,
        mtrr,
        memory,
        aliased,
        undetermined);
  }

  /** The same page with other types. */
  public PageFacts typed(CacheType type, CacheType live, boolean differing) {
    return new PageFacts(
        inPfnDatabase,
        type,
        largePage,
        locked,
        pagingStructure,
        live,
        mtrr,
        partlyMemory,
        differing,
        undetermined);
  }
}
