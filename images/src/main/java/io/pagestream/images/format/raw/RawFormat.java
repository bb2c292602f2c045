package io.pagestream.images.format.raw;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.Segment;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.format.vmware.AssumedLayout;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Raw memory: no header. Address = file offset, unless a sidecar defines the positions of its
 * ranges (docs/range-map.md). A raw file does not contain the kind of a page: its extent is of
 * unknown kind.
 */
public final class RawFormat implements ImageFormat {
  @Override
  public String name() {
    return "raw";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "raw",
        "physical address = file offset, unless a [sidecar](range-map.md) says where the ranges are",
        Peer.VOLATILITY,
        Peer.LEECHCORE,
        Peer.LIBVMI);
  }

  /** Never detected by itself: raw is used if no other format recognizes the file. */
  @Override
  public boolean recognises(MemorySegment header) {
    return false;
  }

  /** Memory consists of whole pages: any other raw file was truncated. */
  private static List<Doubt> partialPage(ImageBytes bytes) {
    long page = Pages.floor(bytes.length());
    return page == bytes.length()
        ? List.of()
        : List.of(
            DoubtReason.TRUNCATED.of(
                page,
                1,
                "%s: the file is truncated: its %,d bytes are not a whole number of pages, and the rest of the"
                        .formatted(bytes.name(), bytes.length())
                    + " last page is filled with zeros; copy the image again or acquire it again"));
  }

  @Override
  public List<ImageWriter> writers() {
    return List.of(new RawWriter(), new PaddedWriter());
  }

  @Override
  public MemoryImage open(ImageInput input) {
    ImageBytes bytes = input.bytes();
    if (bytes.length() < Pages.SIZE) {
      throw PagestreamException.inFile(
          ErrorCode.FORMAT_UNKNOWN,
          bytes.name(),
          "%d bytes of no known format are less than a page of raw memory"
              .formatted(bytes.length()),
          "check that this is a memory image");
    }
    if (bytes.length() > Pages.ADDRESS_LIMIT) {
      throw bytes.corrupt(Pages.ADDRESS_LIMIT, "more raw memory than a machine can have");
    }
    Optional<Path> sideFile = input.rangesFile();
    List<Segment> segments = sideFile.map(RangesFile::segments).orElse(List.of());
    if (sideFile.isPresent() && !segments.isEmpty()) {
      return new SegmentedImage(
          input,
          name(),
          MachineFacts.NONE,
          Map.of("ranges.file", String.valueOf(sideFile.get().getFileName())),
          List.of(),
          List.of(),
          segments,
          "range",
          RangeProvenance.SIDE_FILE);
    }
    if (AssumedLayout.appliesTo(input.file())) {
      AssumedLayout assumed = AssumedLayout.of(bytes.name(), 0, bytes.length());
      List<Doubt> doubts = new ArrayList<>(partialPage(bytes));
      doubts.addAll(assumed.doubts());
      return image(input, assumed.warnings(), doubts, assumed.segments());
    }
    return image(
        input,
        List.of(),
        partialPage(bytes),
        List.of(new Segment(0, bytes.length(), 0, 0, RangeKind.UNKNOWN)));
  }

  private MemoryImage image(
      ImageInput input, List<String> warnings, List<Doubt> doubts, List<Segment> segments) {
    return new SegmentedImage(
        input,
        name(),
        MachineFacts.NONE,
        Map.of(),
        warnings,
        doubts,
        segments,
        "",
        RangeProvenance.DEFAULT);
  }
}
