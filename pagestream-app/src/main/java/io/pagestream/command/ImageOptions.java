package io.pagestream.command;

import io.pagestream.images.ImageFormats;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.identity.FileHashing;
import io.pagestream.images.pagetable.PageTableDepth;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.images.source.ReadLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that opens images. */
final class ImageOptions {
  @Option(
      names = "--ranges",
      paramLabel = "FILE",
      description = {
        "Where the bytes of a raw image are in physical memory, and the kinds of address ranges"
            + " (docs/range-map.md).",
        "Default for this and the following: a file next to the image, such as IMAGE.ranges.json or"
            + " IMAGE.iomem."
      })
  private @Nullable Path ranges;

  @Option(names = "--iomem", paramLabel = "FILE", description = "The machine's /proc/iomem.")
  private @Nullable Path iomem;

  @Option(
      names = "--e820",
      paramLabel = "FILE",
      description = "The e820 map: a kernel log, or the entries of /sys/firmware/memmap.")
  private @Nullable Path e820;

  @Option(
      names = "--efi",
      paramLabel = "FILE",
      description = "The EFI memory map: a kernel log (efi=debug), or the binary descriptors.")
  private @Nullable Path efi;

  @Option(
      names = "--windows-ranges",
      paramLabel = "FILE",
      description =
          "Windows' physical memory ranges: an array of PHYSICAL_MEMORY_RANGE, a listing, or the"
              + " registry value.")
  private @Nullable Path windowsRanges;

  @Option(
      names = "--mtrr",
      paramLabel = "FILE",
      description = "The MTRRs: /proc/mtrr, or the register values. Can be given several times.")
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
      description = "Force the image format: ${COMPLETION-CANDIDATES} (docs/formats.md).",
      completionCandidates = FormatNames.class)
  private @Nullable String format;

  @Option(
      names = "--page-tables",
      paramLabel = "all|kernel|off",
      defaultValue = "all",
      description = {
        "Which of the image's own page tables are read to determine the cache types of its pages.",
        "all: those of all processes; the image is searched for them (default).",
        "kernel: only those of the kernel. off: none."
      })
  private PageTableDepth pageTables = PageTableDepth.ALL;

  @Option(
      names = "--kernel-records",
      paramLabel = "on|off",
      defaultValue = "off",
      description = {
        "Whether the records of a Linux kernel in the image are read: the ranges of /proc/iomem,"
            + " MTRRs, PAT and memory types, and the page tables of all processes"
            + " (docs/kernel-records.md).",
        "on: they are used where no sidecar contains the information. off: not read (default)."
      })
  private KernelRecordChoice kernelRecords = KernelRecordChoice.OFF;

  @Option(
      names = "--ignore-sidecars",
      description =
          "Do not use sidecars that are found next to the image by their names. Without this"
              + " option, a sidecar found in this way that changes the result is reported as a"
              + " doubt.")
  private boolean ignoreSidecars;

  @Option(
      names = "--decoder-memory",
      paramLabel = "MIB",
      defaultValue = "128",
      description =
          "Maximum MiB for a zstd window or an xz dictionary (default: ${DEFAULT-VALUE}; zstd"
              + " --long=31 needs 2048).")
  private int decoderMemoryMib;

  @Option(
      names = "--max-claimed",
      paramLabel = "GIB",
      defaultValue = "64",
      description =
          "Maximum GiB of memory that an image may claim without containing it, or 4096 times"
              + " the size of its file if that is more (default: ${DEFAULT-VALUE}).")
  private int maxClaimedGib;

  /** The names of all formats. */
  static final class FormatNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ImageFormats.all().stream().map(ImageFormat::name).iterator();
    }
  }

  OpenOptions options() {
    OpenOptions options =
        OpenOptions.defaults()
            .withSideFiles(sideFiles())
            .withPageTables(pageTables)
            .withKernelRecords(kernelRecords.reader())
            .withLimits(
                new ReadLimits(
                    (long) Bounds.check("--decoder-memory", decoderMemoryMib, 1, 4096) << 20,
                    (long) Bounds.check("--max-claimed", maxClaimedGib, 1, 1 << 20) << 30));
    if (ignoreSidecars) {
      options = options.withoutFoundSideFiles();
    }
    return format == null ? options : options.withFormat(format);
  }

  /** The options that affect the result, by name, with the contents of files as SHA-256. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    if (format != null) {
      settings.put("format", format);
    }
    if (pageTables != PageTableDepth.ALL) {
      settings.put("page-tables", pageTables.name().toLowerCase(Locale.ROOT));
    }
    if (kernelRecords == KernelRecordChoice.ON) {
      settings.put("kernel-records", "on");
    }
    if (ignoreSidecars) {
      settings.put("ignore-sidecars", "true");
    }
    for (Map.Entry<SideFileKind, Path> file : sideFiles().all()) {
      String name = file.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-');
      settings.merge(name, sha256(file.getValue()), (one, other) -> one + " " + other);
    }
    return settings;
  }

  private static String sha256(Path file) {
    try {
      return FileHashing.hash(file, done -> {}).sha256();
    } catch (IOException e) {
      return ""; // opening the image reports the error
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
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
