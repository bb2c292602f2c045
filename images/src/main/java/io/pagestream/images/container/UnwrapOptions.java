package io.pagestream.images.container;

import io.pagestream.images.source.ReadLimits;
import java.nio.file.Path;

/**
 * Options for decompressing files.
 *
 * @param scratchDirectory where decompressed files are written
 * @param progress receives the progress
 * @param limits limits on what the headers of a file may claim
 */
public record UnwrapOptions(Path scratchDirectory, UnwrapProgress progress, ReadLimits limits) {}
