package io.pagestream.cases.casefolder;

/**
 * What a case says of one finding, as far as a page's story needs it.
 *
 * @param imageId its image
 * @param analyzer who found it
 * @param kind what it is
 * @param value the artifact as text
 * @param physicalAddress where it begins, in bytes
 * @param length its length in memory, in bytes
 * @param path decoding path; empty when found in the page itself
 */
public record StoredFinding(
    String imageId,
    String analyzer,
    String kind,
    String value,
    long physicalAddress,
    long length,
    String path) {}
