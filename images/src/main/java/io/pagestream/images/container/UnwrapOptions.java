package io.pagestream.images.container;

import io.pagestream.images.source.ReadLimits;
import java.nio.file.Path;

/**
 * How files are unwrapped.
 *
 * @param scratchDirectory where decompressed files are written
 * @param progress receives how far unwrapping has come
 * @param limits what the headers of a file may make us spend
 */
public record UnwrapOptions(Path scratchDirectory, UnwrapProgress progress, ReadLimits limits) {}
