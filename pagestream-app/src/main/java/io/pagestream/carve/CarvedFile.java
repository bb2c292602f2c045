package io.pagestream.carve;

/**
 * One file that was carved.
 *
 * @param findingId id of its finding
 * @param imageId id of its image
 * @param image display name of the image
 * @param kind kind of the finding
 * @param physicalAddress address of its first byte
 * @param file name in the folder
 * @param size bytes that were written
 * @param sha256 their SHA-256, in lower-case hex
 * @param complete whether the file ends there according to its own structure
 * @param verified whether checksums of the file confirm its content
 */
public record CarvedFile(
    String findingId,
    String imageId,
    String image,
    String kind,
    long physicalAddress,
    String file,
    long size,
    String sha256,
    boolean complete,
    boolean verified) {}
