package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;

/**
 * What is known of a page before anybody maps it.
 *
 * @param inPfnDatabase whether the memory manager keeps a page-frame entry for it; device memory
 *     and holes have none
 * @param established cache attribute that the page already has; {@code NOT_ESTABLISHED} and {@code
 *     UNKNOWN} mean that none is
 * @param largePage whether the page is part of a large page (2 MiB, 4 MiB, 1 GiB)
 * @param locked whether the page is known to be locked in memory
 * @param pagingStructure whether the page holds page tables
 * @param liveMapping attribute of a live I/O mapping that overlaps the page; {@code
 *     NOT_ESTABLISHED} if there is none; matters only outside the page-frame database
 */
public record PageFacts(
    boolean inPfnDatabase,
    CacheType established,
    boolean largePage,
    boolean locked,
    boolean pagingStructure,
    CacheType liveMapping) {}
