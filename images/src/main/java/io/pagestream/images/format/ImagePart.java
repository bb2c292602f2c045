package io.pagestream.images.format;

import java.nio.ByteBuffer;

/**
 * The part of an image that a file contains, according to its headers. Positions are counted in a
 * unit of the format, from 0.
 *
 * @param image equal for all parts of an image, and for no part of another
 * @param start first position in this part
 * @param end position after the last in this part; {@code start} for an empty part
 * @param limit position after the last in the image, or {@link #UNKNOWN_LIMIT}
 */
public record ImagePart(ByteBuffer image, long start, long end, long limit) {
  /** The parts do not contain how many there are. */
  public static final long UNKNOWN_LIMIT = Long.MAX_VALUE;
}
