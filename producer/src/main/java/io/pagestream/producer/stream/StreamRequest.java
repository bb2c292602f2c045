package io.pagestream.producer.stream;

import io.pagestream.producer.image.MemoryImage;
import io.pagestream.schemas.avro.ImageFile;
import java.util.List;

/**
 * An image to stream.
 *
 * @param imageId its deterministic id
 * @param name its name for people
 * @param image its pages
 * @param files its files, without their digests
 * @param digests computes the files' SHA-256 while the image is read
 */
public record StreamRequest(
    String imageId, String name, MemoryImage image, List<ImageFile> files, FileDigests digests) {}
