package io.pagestream.producer.identity;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file and what it was found to hold.
 *
 * @param path where it is
 * @param stamp its state when hashing began
 * @param content what it holds; empty for a compressed file, which is hashed while it is
 *     decompressed
 */
public record HashedFile(Path path, FileStamp stamp, Optional<FileContent> content) {}
