package io.pagestream.images.identity;

/**
 * The progress of hashing a file.
 *
 * @param file name of the file
 * @param bytesDone bytes hashed
 * @param bytes bytes of the file
 */
public record HashProgress(String file, long bytesDone, long bytes) {}
