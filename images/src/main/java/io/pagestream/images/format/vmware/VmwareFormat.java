package io.pagestream.images.format.vmware;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.Segment;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Suspended VMware machines and their snapshots. The state file ({@code .vmss}, {@code .vmsn}) says
 * where the regions of the memory file ({@code .vmem}) are, or contains the memory itself. A
 * damaged state file costs the addresses above 3 GiB only.
 */
public final class VmwareFormat implements ImageFormat {
  /** Value of {@code Platform} for a machine with an ARM processor, as LeechCore knows it. */
  private static final long PLATFORM_ARM64 = 3;

  /** Where the memory of a machine with an ARM processor begins. */
  private static final long ARM64_START = 2L << 30;

  private static final String CONVERT =
      "give the .vmem file of the same snapshot; without one, convert the machine with vmss2core";

  @Override
  public String name() {
    return "vmware";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "VMware",
        "`.vmem` with its `.vmss` or `.vmsn`, found next to it or given; memory inside the state file; `.vmem` alone with a warning, above 3 GiB with a doubt",
        Peer.VOLATILITY,
        Peer.LEECHCORE);
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return StateFile.recognises(header);
  }

  @Override
  public boolean mayBeSplit() {
    return true;
  }

  @Override
  public boolean hasCompanion(Path file) {
    return VmwareNames.isMemory(file) || VmwareNames.isState(file);
  }

  @Override
  public boolean describes(Path description, Path memory) {
    return VmwareNames.belongTogether(description, memory);
  }

  @Override
  public MemoryImage open(ImageInput input) {
    List<ImageBytes> parts = input.parts();
    List<Integer> states =
        IntStream.range(0, parts.size())
            .filter(i -> recognises(beginning(parts.get(i))))
            .boxed()
            .toList();
    if (states.size() != 1 || parts.size() > 2) {
      throw input
          .bytes()
          .corrupt(0, "a VMware image is one state file, or one state and one memory file");
    }
    ImageBytes state = parts.get(states.getFirst());
    Opening opening = new Opening(state);
    if (parts.size() == 1) {
      return opening.inline(input);
    }
    boolean stateFirst = states.getFirst() == 0;
    ImageBytes memory = stateFirst ? new SecondFile(parts.get(1)) : parts.getFirst();
    MemoryImage image = opening.beside(input.of(memory));
    state.close();
    return image;
  }

  private static MemorySegment beginning(ImageBytes bytes) {
    MemorySegment beginning = MemorySegment.ofArray(new byte[4]);
    return beginning.asSlice(0, bytes.read(0, beginning));
  }

  /** Reads one state file. */
  private static final class Opening {
    private final ImageBytes state;
    private final Optional<StateFile> file;
    private final Optional<MemoryRegions> regions;
    private final List<String> warnings = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();

    Opening(ImageBytes state) {
      this.state = state;
      this.file = StateFile.of(state);
      this.regions = file.flatMap(MemoryRegions::of);
    }

    /** The memory in a file of its own. */
    MemoryImage beside(ImageInput input) {
      long length = input.bytes().length();
      if (length == 0) {
        throw input.bytes().truncated(0, "the memory file");
      }
      List<Segment> segments = placed(0, length, length <= AssumedLayout.CERTAIN_BYTES);
      if (segments.isEmpty()) {
        doubts.add(
            DoubtReason.HEADER_CONTRADICTION.of(
                "%s: the VMware state file is damaged or has no description of the memory: it is not used; copy it again"
                    .formatted(state.name())));
        return assumed(input, 0, length);
      }
      warnings.add(
          "the addresses of the memory are those in the VMware state file " + fileName(state));
      return image(input, segments, RangeProvenance.CONTAINER);
    }

    /** The memory in the state file itself. */
    MemoryImage inline(ImageInput input) {
      StateTag memory =
          regions
              .flatMap(MemoryRegions::memory)
              .orElseThrow(() ->
                  state.unsupported(
                      "is a VMware state file (.vmss, .vmsn) without the machine's memory",
                      CONVERT));
      if (memory.compressed()) {
        throw state.unsupported("is a VMware state file with compressed memory", CONVERT);
      }
      if (memory.dataBytes() == 0) {
        throw state.corrupt(memory.dataOffset(), "the machine's memory is empty");
      }
      List<Segment> segments = placed(memory.dataOffset(), memory.dataBytes(), true);
      return segments.isEmpty()
          ? assumed(input, memory.dataOffset(), memory.dataBytes())
          : image(input, segments, RangeProvenance.CONTAINER);
    }

    private MemoryImage assumed(ImageInput input, long dataOffset, long dataBytes) {
      AssumedLayout assumed = AssumedLayout.of(input.bytes().name(), dataOffset, dataBytes);
      warnings.addAll(assumed.warnings());
      doubts.addAll(assumed.doubts());
      return image(input, assumed.segments(), RangeProvenance.DEFAULT);
    }

    /**
     * The regions of the memory; none if the state file does not contain them.
     *
     * @param identity whether address = offset if a complete description has no regions
     */
    private List<Segment> placed(long dataOffset, long dataBytes, boolean identity) {
      if (dataBytes > Pages.ADDRESS_LIMIT - ARM64_START || dataOffset > Long.MAX_VALUE / 2) {
        throw state.corrupt(0, "more memory than a machine can have");
      }
      if (regions.isEmpty()) {
        return List.of();
      }
      MemoryRegions known = regions.get();
      OptionalLong count = known.count();
      if (!known.complete()) {
        doubts.add(
            DoubtReason.TRUNCATED.of(
                "%s: the description of the memory in the VMware state file is truncated or damaged; copy it again"
                    .formatted(state.name())));
      }
      boolean single = count.isPresent() ? count.getAsLong() == 0 : known.complete() && identity;
      if (!single) {
        return RegionSegments.of(known, fileName(state), dataOffset, dataBytes, doubts);
      }
      long start = isArm64() ? ARM64_START : 0;
      doubtPartialPage(start, dataBytes);
      return List.of(new Segment(start, start + dataBytes, dataOffset, 0, RangeKind.RAM));
    }

    /** Without regions, only a page that is cut shows that memory is missing at the end. */
    private void doubtPartialPage(long start, long dataBytes) {
      long page = Pages.floor(dataBytes);
      if (page != dataBytes) {
        doubts.add(
            DoubtReason.TRUNCATED.of(
                start + page,
                1,
                "%s: the memory of %,d bytes is truncated: it is not a whole number of pages, and the rest of the last page is filled with zeros; copy the image again"
                    .formatted(state.name(), dataBytes)));
      }
    }

    private boolean isArm64() {
      return file.map(known -> known.checkpoint("Platform")).stream()
          .anyMatch(platform -> platform.equals(OptionalLong.of(PLATFORM_ARM64)));
    }

    private MemoryImage image(
        ImageInput input, List<Segment> segments, RangeProvenance provenance) {
      MachineFacts machine = file.map(Registers::of).orElse(MachineFacts.NONE);
      Map<String, String> container = new TreeMap<>();
      container.put("vmware.state", fileName(state));
      file.map(known -> known.checkpoint("memSize"))
          .ifPresent(size ->
              size.ifPresent(
                  mib -> container.put("vmware.memory-mib", Long.toUnsignedString(mib))));
      return new SegmentedImage(
          input,
          "vmware",
          isArm64() ? machine.withArchitecture("aarch64") : machine,
          container,
          warnings,
          doubts,
          segments,
          "region",
          provenance);
    }

    private static String fileName(ImageBytes bytes) {
      return String.valueOf(Path.of(bytes.name()).getFileName());
    }
  }
}
