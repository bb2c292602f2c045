package io.pagestream.producer.stream;

import io.pagestream.images.OpenedImage;

/**
 * An image to stream.
 *
 * @param imageId its deterministic id
 * @param name its name for people
 * @param opened the image, which stays open while it is streamed
 * @param files its files, with what they hold
 */
public record StreamRequest(String imageId, String name, OpenedImage opened, SourceFiles files) {}
