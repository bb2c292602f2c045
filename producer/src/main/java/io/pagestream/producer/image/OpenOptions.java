package io.pagestream.producer.image;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How images are opened.
 *
 * @param rangesFile side file with the ranges of a raw image (docs/ranges-side-file.md); without
 *     it, {@code IMAGE.ranges.json} beside the image is used if it exists
 * @param scratchDirectory where wrapped images are unwrapped to
 * @param format name of the format if the file's content is not to decide: {@code raw}, {@code
 *     lime}, {@code elf}, {@code kdump}
 * @param progress told how far unwrapping has come
 * @param pageTables how much of the image's own page tables is read
 */
public record OpenOptions(
    Optional<Path> rangesFile,
    Path scratchDirectory,
    Optional<String> format,
    UnwrapProgress progress,
    PageTableDepth pageTables) {

  /** Everything by content; scratch files in the system's temporary directory. */
  public static OpenOptions defaults() {
    return new OpenOptions(
        Optional.empty(),
        Path.of(System.getProperty("java.io.tmpdir")),
        Optional.empty(),
        UnwrapProgress.NONE,
        PageTableDepth.ALL);
  }

  /** The same with a side file. */
  public OpenOptions withRangesFile(Path file) {
    return new OpenOptions(Optional.of(file), scratchDirectory, format, progress, pageTables);
  }

  /** The same with another scratch directory. */
  public OpenOptions withScratchDirectory(Path directory) {
    return new OpenOptions(rangesFile, directory, format, progress, pageTables);
  }

  /** The same with a forced format. */
  public OpenOptions withFormat(String name) {
    return new OpenOptions(rangesFile, scratchDirectory, Optional.of(name), progress, pageTables);
  }

  /** The same with somebody who wants to know. */
  public OpenOptions withProgress(UnwrapProgress listener) {
    return new OpenOptions(rangesFile, scratchDirectory, format, listener, pageTables);
  }

  /** The same with more or less of the page tables. */
  public OpenOptions withPageTables(PageTableDepth depth) {
    return new OpenOptions(rangesFile, scratchDirectory, format, progress, depth);
  }
}
