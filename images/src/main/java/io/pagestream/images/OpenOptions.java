package io.pagestream.images;

import io.pagestream.images.container.UnwrapOptions;
import io.pagestream.images.container.UnwrapProgress;
import io.pagestream.images.pagetable.PageTableDepth;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.images.source.ReadLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How images are opened.
 *
 * @param sideFiles files that tell what physical addresses are (docs/range-map.md); of a kind of
 *     which none is given, those beside the image are used
 * @param scratchDirectory where wrapped images are unwrapped to
 * @param format name of the format if the file's content is not to decide: {@code raw}, {@code
 *     lime}, {@code elf}, {@code kdump}
 * @param progress told how far unwrapping has come
 * @param pageTables how much of the image's own page tables is read
 * @param findSideFiles whether files beside the image are used by their names
 * @param limits what the headers of a file may make us spend
 */
public record OpenOptions(
    SideFiles sideFiles,
    Path scratchDirectory,
    Optional<String> format,
    UnwrapProgress progress,
    PageTableDepth pageTables,
    boolean findSideFiles,
    ReadLimits limits) {

  /** Everything by content; scratch files in the system's temporary directory. */
  public static OpenOptions defaults() {
    return new OpenOptions(
        SideFiles.NONE,
        Path.of(System.getProperty("java.io.tmpdir")),
        Optional.empty(),
        UnwrapProgress.NONE,
        PageTableDepth.ALL,
        true,
        ReadLimits.DEFAULT);
  }

  /** The same with our own side file. */
  public OpenOptions withRangesFile(Path file) {
    return withSideFiles(sideFiles.with(SideFileKind.RANGES, file));
  }

  /** The same with other side files. */
  public OpenOptions withSideFiles(SideFiles files) {
    return new OpenOptions(
        files, scratchDirectory, format, progress, pageTables, findSideFiles, limits);
  }

  /** The same with another scratch directory. */
  public OpenOptions withScratchDirectory(Path directory) {
    return new OpenOptions(
        sideFiles, directory, format, progress, pageTables, findSideFiles, limits);
  }

  /** The same with a forced format. */
  public OpenOptions withFormat(String name) {
    return new OpenOptions(
        sideFiles,
        scratchDirectory,
        Optional.of(name),
        progress,
        pageTables,
        findSideFiles,
        limits);
  }

  /** The same with somebody who wants to know. */
  public OpenOptions withProgress(UnwrapProgress listener) {
    return new OpenOptions(
        sideFiles, scratchDirectory, format, listener, pageTables, findSideFiles, limits);
  }

  /** The same with more or less of the page tables. */
  public OpenOptions withPageTables(PageTableDepth depth) {
    return new OpenOptions(
        sideFiles, scratchDirectory, format, progress, depth, findSideFiles, limits);
  }

  /** The same with other limits. */
  public OpenOptions withLimits(ReadLimits other) {
    return new OpenOptions(
        sideFiles, scratchDirectory, format, progress, pageTables, findSideFiles, other);
  }

  /** The same without files that are found by their names. */
  public OpenOptions withoutFoundSideFiles() {
    return new OpenOptions(
        sideFiles, scratchDirectory, format, progress, pageTables, false, limits);
  }

  /** The part of them that concerns compression. */
  UnwrapOptions unwrapping() {
    return new UnwrapOptions(scratchDirectory, progress, limits);
  }
}
