package io.pagestream.command;

import io.pagestream.images.OpenOptions;
import io.pagestream.images.pagetable.PageTableDepth;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.images.source.ReadLimits;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that opens images. */
final class ImageOptions {
  @Option(
      names = "--ranges",
      paramLabel = "FILE",
      description = {
        "Where a raw image's bytes lie in physical memory, and what any address is"
            + " (docs/range-map.md).",
        "Default for this and the following: a file beside the image, such as IMAGE.ranges.json or"
            + " IMAGE.iomem."
      })
  private @Nullable Path ranges;

  @Option(names = "--iomem", paramLabel = "FILE", description = "The machine's /proc/iomem.")
  private @Nullable Path iomem;

  @Option(
      names = "--e820",
      paramLabel = "FILE",
      description = "Its e820 map: kernel log, or the entries of /sys/firmware/memmap.")
  private @Nullable Path e820;

  @Option(
      names = "--efi",
      paramLabel = "FILE",
      description = "Its EFI memory map: kernel log (efi=debug), or the descriptors as bytes.")
  private @Nullable Path efi;

  @Option(
      names = "--windows-ranges",
      paramLabel = "FILE",
      description =
          "Windows' physical memory ranges: an array of PHYSICAL_MEMORY_RANGE, a listing, or the"
              + " registry's value.")
  private @Nullable Path windowsRanges;

  @Option(
      names = "--mtrr",
      paramLabel = "FILE",
      description = "Its MTRRs: /proc/mtrr, or the registers' values. May be given several times.")
  private List<Path> mtrr = List.of();

  @Option(
      names = "--pat",
      paramLabel = "FILE",
      description =
          "Its PAT: pat_memtype_list, kernel log, or the register's value. May be given several"
              + " times.")
  private List<Path> pat = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Take the image for this format (raw, lime, elf, kdump), whatever it looks like.")
  private @Nullable String format;

  @Option(
      names = "--page-tables",
      paramLabel = "all|kernel|off",
      defaultValue = "all",
      description = {
        "How much of the image's own page tables is read, for the cache types of its pages.",
        "all: every process's, for which the image is searched (default).",
        "kernel: only the kernel's. off: none."
      })
  private PageTableDepth pageTables = PageTableDepth.ALL;

  @Option(
      names = "--ignore-sidecars",
      description =
          "Do not use files beside the image that are found by their names. Without this option, one"
              + " that changes the result is a doubt.")
  private boolean ignoreSidecars;

  @Option(
      names = "--decoder-memory",
      paramLabel = "MIB",
      defaultValue = "128",
      description =
          "MiB that a zstd window or an xz dictionary may take (default: ${DEFAULT-VALUE}; zstd"
              + " --long=31 needs 2048).")
  private int decoderMemoryMib;

  @Option(
      names = "--max-claimed",
      paramLabel = "GIB",
      defaultValue = "64",
      description =
          "GiB of memory that an image may claim without holding it, or 4096 times its file's size if"
              + " that is more (default: ${DEFAULT-VALUE}).")
  private int maxClaimedGib;

  OpenOptions options() {
    OpenOptions options =
        OpenOptions.defaults()
            .withSideFiles(sideFiles())
            .withPageTables(pageTables)
            .withLimits(
                new ReadLimits(
                    (long) Bounds.check("--decoder-memory", decoderMemoryMib, 1, 4096) << 20,
                    (long) Bounds.check("--max-claimed", maxClaimedGib, 1, 1 << 20) << 30));
    if (ignoreSidecars) {
      options = options.withoutFoundSideFiles();
    }
    return format == null ? options : options.withFormat(format);
  }

  private SideFiles sideFiles() {
    SideFiles files = SideFiles.NONE;
    files = with(files, SideFileKind.RANGES, ranges);
    files = with(files, SideFileKind.IOMEM, iomem);
    files = with(files, SideFileKind.E820, e820);
    files = with(files, SideFileKind.EFI, efi);
    files = with(files, SideFileKind.WINDOWS_RANGES, windowsRanges);
    for (Path file : mtrr) {
      files = files.with(SideFileKind.MTRR, file);
    }
    for (Path file : pat) {
      files = files.with(SideFileKind.PAT, file);
    }
    return files;
  }

  private static SideFiles with(SideFiles files, SideFileKind kind, @Nullable Path file) {
    return file == null ? files : files.with(kind, file);
  }
}
