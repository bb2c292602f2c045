package io.pagestream.carve;

/**
 * The result of carving.
 *
 * @param complete files that are complete
 * @param cut files that are cut
 * @param bytes bytes that were written
 * @param contained entries of archives that were carved as a whole
 * @param decoded files in decoded data, which are not carved
 * @param omitted files that were not carved because the disk budget was reached
 */
public record CarveCounts(
    long complete, long cut, long bytes, long contained, long decoded, long omitted) {}
