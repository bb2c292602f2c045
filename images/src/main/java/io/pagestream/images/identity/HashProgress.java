package io.pagestream.images.identity;

/**
 * How far the hashing of a file has come.
 *
 * @param file name of the file
 * @param bytesDone bytes hashed
 * @param bytes bytes of the file
 */
public record HashProgress(String file, long bytesDone, long bytes) {}
