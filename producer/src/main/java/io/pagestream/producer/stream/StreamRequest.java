package io.pagestream.producer.stream;

import io.pagestream.images.OpenedImage;

/**
 * An image to stream.
 *
 * @param imageId its deterministic id
 * @param names its label, host and exhibit
 * @param opened the image, which stays open while it is streamed
 * @param files its files and their digests
 */
public record StreamRequest(
    String imageId, ImageNames names, OpenedImage opened, SourceFiles files) {}
