package io.pagestream.images.rangesource;

import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.memorytype.MemoryTypeRanges;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.images.memorytype.TrackedTypes;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all sidecars of an image; the entry point of this package. */
public final class SideFileReader {
  private static final Comparator<RangeSource> BY_NAME = Comparator.comparing(RangeSource::file);

  private final List<RangeSource> sources = new ArrayList<>();
  private final List<TrackedTypes.Entry> tracked = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable MtrrState mtrr;
  private @Nullable PatLayout pat;
  private String mtrrFile = "";
  private String patFile = "";

  private SideFileReader() {}

  /**
   * Reads the files.
   *
   * @throws PagestreamException FILE_NOT_FOUND, FILE_NOT_READABLE (also for an iomem without
   *     addresses) or SIDE_FILE_INVALID
   */
  public static SideFacts read(SideFiles files) {
    SideFileReader reader = new SideFileReader();
    for (SideFileKind kind : SideFileKind.values()) {
      int first = reader.sources.size();
      for (Path file : files.of(kind)) {
        reader.add(kind, SideContent.of(file));
      }
      // Files of one kind have equal rank: their order must not matter.
      reader.sources.subList(first, reader.sources.size()).sort(BY_NAME);
    }
    return new SideFacts(
        reader.sources,
        new CacheFacts(Optional.ofNullable(reader.mtrr), Optional.ofNullable(reader.pat)),
        reader.tracked,
        reader.warnings);
  }

  private void add(SideFileKind kind, SideContent content) {
    switch (kind) {
      case RANGES ->
          claims(
              kind,
              content,
              RangesJson.read(content).stream().map(RangesJson.Entry::claim).toList());
      case IOMEM -> claims(kind, content, IomemFile.read(content));
      case WINDOWS_RANGES -> claims(kind, content, WindowsRangesFile.read(content));
      case E820 -> claims(kind, content, E820File.read(content));
      case EFI -> claims(kind, content, EfiFile.read(content));
      case MTRR, PAT -> registers(kind, content);
    }
  }

  private void claims(SideFileKind kind, SideContent content, List<Claim> claims) {
    sources.add(new RangeSource(kind, nameOf(content), ClaimedRanges.of(claims)));
  }

  /** MTRRs and PAT by content, since one dump of registers has both. */
  private void registers(SideFileKind kind, SideContent content) {
    String first =
        content.lines().stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    boolean known = true;
    if (ProcMtrr.isLine(first)) {
      mtrr(ProcMtrr.read(content), nameOf(content));
    } else if (MsrDump.isLine(first)) {
      MsrDump dump = MsrDump.read(content);
      Optional<MtrrState> dumped = dump.mtrr(content);
      dumped.ifPresent(state -> mtrr(state, nameOf(content)));
      dump.pat().ifPresent(layout -> pat(layout, nameOf(content)));
      known = dumped.isPresent() || dump.pat().isPresent();
    } else {
      Optional<PatLayout> layout = PatText.layout(content);
      layout.ifPresent(found -> pat(found, nameOf(content)));
      List<TrackedTypes.Entry> entries = PatText.entries(content);
      tracked.addAll(entries);
      known = layout.isPresent() || !entries.isEmpty() || first.equals("PAT memtype list:");
    }
    if (!known) {
      throw content.invalid(
          "it is none of the forms of --%s: it contains no memory type".formatted(kind.word()));
    }
  }

  /**
   * Of two files, the one with more information is kept: a dump of all registers before /proc/mtrr.
   */
  private void mtrr(MtrrState state, String file) {
    if (mtrr == null) {
      mtrr = state;
      mtrrFile = file;
      return;
    }
    warnIfContradicting(mtrr.ranges(), state.ranges(), mtrrFile, file);
    if (mtrr.defaultType() == CacheType.UNKNOWN && state.defaultType() != CacheType.UNKNOWN) {
      mtrr = state;
      mtrrFile = file;
    }
  }

  private void warnIfContradicting(
      MemoryTypeRanges a, MemoryTypeRanges b, String fileA, String fileB) {
    for (long at = 0; at < Pages.ADDRESS_LIMIT; ) {
      CacheType one = a.typeAt(at);
      CacheType other = b.typeAt(at);
      if (one != other && one != CacheType.UNKNOWN && other != CacheType.UNKNOWN) {
        warnings.add(
            "%s and %s contradict each other about the MTRRs, first at 0x%x: %s, %s"
                .formatted(fileA, fileB, at, one, other));
        return;
      }
      at = Math.min(a.end(a.indexAt(at)), b.end(b.indexAt(at)));
    }
  }

  private void pat(PatLayout layout, String file) {
    if (pat == null) {
      pat = layout;
      patFile = file;
    } else if (!pat.equals(layout)) {
      warnings.add(
          "%s and %s contradict each other about the PAT; %s is used"
              .formatted(patFile, file, patFile));
    }
  }

  private static String nameOf(SideContent content) {
    return String.valueOf(content.file().getFileName());
  }
}
