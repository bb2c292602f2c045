package io.pagestream.images;

import io.pagestream.images.container.UnwrapOptions;
import io.pagestream.images.container.UnwrapProgress;
import io.pagestream.images.kernelrecord.KernelRecordReader;
import io.pagestream.images.pagetable.PageTableDepth;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.images.source.ReadLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Options for opening images.
 *
 * @param sideFiles sidecars that describe physical addresses (docs/range-map.md); for each kind
 *     that is not given, the files next to the image are used
 * @param scratchDirectory directory for decompressed images
 * @param format name of the format to force: {@code raw}, {@code lime}, {@code elf}, {@code kdump};
 *     otherwise the format is detected by content
 * @param progress receives the progress of decompression
 * @param pageTables selects the image's own page tables to read
 * @param findSideFiles whether sidecars next to the image are found by their names
 * @param limits limits on what the headers of a file may claim
 * @param kernelRecords reads the records of the kernel in the image
 */
public record OpenOptions(
    SideFiles sideFiles,
    Path scratchDirectory,
    Optional<String> format,
    UnwrapProgress progress,
    PageTableDepth pageTables,
    boolean findSideFiles,
    ReadLimits limits,
    KernelRecordReader kernelRecords) {

  /** Detects everything by content; scratch files are in the system's temporary directory. */
  public static OpenOptions defaults() {
    return new OpenOptions(
        SideFiles.NONE,
        Path.of(System.getProperty("java.io.tmpdir")),
        Optional.empty(),
        UnwrapProgress.NONE,
        PageTableDepth.ALL,
        true,
        ReadLimits.DEFAULT,
        KernelRecordReader.OFF);
  }

  /** The same with other sidecars. */
  public OpenOptions withSideFiles(SideFiles files) {
    return new OpenOptions(
        files,
        scratchDirectory,
        format,
        progress,
        pageTables,
        findSideFiles,
        limits,
        kernelRecords);
  }

  /** The same with another scratch directory. */
  public OpenOptions withScratchDirectory(Path directory) {
    return new OpenOptions(
        sideFiles, directory, format, progress, pageTables, findSideFiles, limits, kernelRecords);
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
        limits,
        kernelRecords);
  }

  /** The same with a listener. */
  public OpenOptions withProgress(UnwrapProgress listener) {
    return new OpenOptions(
        sideFiles,
        scratchDirectory,
        format,
        listener,
        pageTables,
        findSideFiles,
        limits,
        kernelRecords);
  }

  /** The same with a different selection of page tables. */
  public OpenOptions withPageTables(PageTableDepth depth) {
    return new OpenOptions(
        sideFiles, scratchDirectory, format, progress, depth, findSideFiles, limits, kernelRecords);
  }

  /** The same with other limits. */
  public OpenOptions withLimits(ReadLimits other) {
    return new OpenOptions(
        sideFiles,
        scratchDirectory,
        format,
        progress,
        pageTables,
        findSideFiles,
        other,
        kernelRecords);
  }

  /** The same without files that are found by their names. */
  public OpenOptions withoutFoundSideFiles() {
    return new OpenOptions(
        sideFiles, scratchDirectory, format, progress, pageTables, false, limits, kernelRecords);
  }

  /** The same with another reader of the kernel's records. */
  public OpenOptions withKernelRecords(KernelRecordReader reader) {
    return new OpenOptions(
        sideFiles, scratchDirectory, format, progress, pageTables, findSideFiles, limits, reader);
  }

  /** The options for decompression. */
  UnwrapOptions unwrapping() {
    return new UnwrapOptions(scratchDirectory, progress, limits);
  }
}
