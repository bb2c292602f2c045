package io.pagestream.images.format;

import java.nio.ByteBuffer;

/**
 * What the headers of a file say of the image of which it is a part. Places are counted in a unit
 * of the format's own, from 0.
 *
 * @param image equal for all parts of an image, and for no part of another
 * @param start first place that this part holds
 * @param end place after the last that it holds; {@code start} for an empty part
 * @param limit place after the last that the image holds
 */
public record ImagePart(ByteBuffer image, long start, long end, long limit) {}
