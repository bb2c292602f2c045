package io.pagestream.cases.casefolder;

/**
 * The properties of a finding that are needed to explain a page.
 *
 * @param imageId its image
 * @param analyzer the analyzer that found it
 * @param kind kind of the artifact
 * @param value the artifact as text
 * @param physicalAddress address of its first byte
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
